import { useEffect } from 'preact/hooks'

/** The title of the window, and so of a bookmark. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · rolegraph`
  }, [title])
}
