import type { ViewProps } from '../Page'

export function Role(_: ViewProps) {
  return <h1>Role</h1>
}
