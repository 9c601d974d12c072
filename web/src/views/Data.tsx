import type { ViewProps } from '../Page'

export function Data(_: ViewProps) {
  return <h1>Data</h1>
}
