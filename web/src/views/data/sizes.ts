// How large things are, in words; and what the server knows of the sizes of its exports.
import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { served } from '../../address'
import { changes, key } from '../../ask'
import { number } from '../../words'

/** Bytes as people read them: 812 B, 5.6 MB. */
export function size(bytes: number): string {
  const steps = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), steps.length - 1)
  const value = bytes / 1_000 ** step
  return `${number(Number(value.toPrecision(value < 100 ? 2 : 3)))} ${steps[step]}`
}

/** What /export/sizes tells: bytes by suffix (ttl, ttl.gz, …), all of them once it no longer counts. */
interface Sizes {
  revision: number
  base: string
  counting: boolean
  bytes: Record<string, number>
}

const PAUSE_MS = 1_500

/**
 * The sizes as they come to be known, once an element was seen: the server writes each file once to measure it.
 * 'none' where it gives no exports.
 */
export function useSizes(element: RefObject<Element | null>): Sizes | 'none' | null {
  const [sizes, put] = useState<Sizes | 'none' | null>(null)
  const [seen, see] = useState(false)
  const round = changes.value
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) see(true)
    })
    watch.observe(element.current!)
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    if (!seen) return
    const stop = new AbortController()
    let timer = 0
    /** Whether there will be more to know. */
    const look = async (): Promise<boolean> => {
      const response = await fetch(served('export/sizes'), { signal: stop.signal, headers: authorization() })
      if (response.status === 404) put('none')
      if (!response.ok) return response.status >= 500
      const told = (await response.json()) as Sizes
      put(told)
      return told.counting
    }
    const follow = async (): Promise<void> => {
      const more = await look().catch(() => true) // the page says elsewhere that the server is gone
      if (more && !stop.signal.aborted) timer = window.setTimeout(() => void follow(), PAUSE_MS)
    }
    void follow()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [round, seen])
  return sizes
}

/** The headers that send the key, if there is one. */
export function authorization(): Record<string, string> {
  return key.value ? { Authorization: `Bearer ${key.value}` } : {}
}
