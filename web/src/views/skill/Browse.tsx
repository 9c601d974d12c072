import { Hubs } from './Hubs'
import { Tree } from './Tree'

/** All skills to choose from: those that most roles need, and the taxonomy as a tree. */
export function Browse({ query }: { query: URLSearchParams }) {
  return (
    <div class="skill-browse">
      <Hubs query={query} />
      <Tree query={query} />
    </div>
  )
}
