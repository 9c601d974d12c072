import type { ViewProps } from '../Page'

export function Move(_: ViewProps) {
  return <h1>Move</h1>
}
