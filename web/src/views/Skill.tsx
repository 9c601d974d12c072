import type { ViewProps } from '../Page'

export function Skill(_: ViewProps) {
  return <h1>Skill</h1>
}
