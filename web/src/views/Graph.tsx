import type { ViewProps } from '../Page'

export function Graph(_: ViewProps) {
  return <h1>Graph</h1>
}
