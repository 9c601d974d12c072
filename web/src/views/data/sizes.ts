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
export interface Sizes {
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
    const look = async (): Promise<void> => {
      const response = await fetch(served('export/sizes'), { signal: stop.signal, headers: authorization() })
      if (response.status === 404) return put('none')
      const told = response.ok ? ((await response.json()) as Sizes) : null
      if (told) put(told)
      if (!told || told.counting) timer = window.setTimeout(() => void look().catch(() => undefined), PAUSE_MS)
    }
    void look().catch(() => undefined) // the page says elsewhere that the server is gone
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
