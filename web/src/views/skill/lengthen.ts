import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/**
 * For a list of `count` entries that a button lengthens: `told` is to be called when it is pressed. The first entry that
 * came then gets the focus, so that who goes by keyboard reads on there, and is not lost where the button is gone.
 */
export function useLengthened<T extends HTMLElement>(count: number): { list: RefObject<T | null>; told: () => void } {
  const list = useRef<T>(null)
  const from = useRef<number | null>(null)
  useEffect(() => {
    if (from.current === null || count <= from.current) return
    list.current?.children[from.current]?.querySelector('a')?.focus()
    from.current = null
  }, [count])
  return { list, told: () => void (from.current = count) }
}
