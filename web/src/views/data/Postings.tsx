import { href } from '../../address'
import type { DocumentLineFragment } from '../../generated/graphql'
import { both, number } from '../../words'

const words = both({
  more: [(n: string) => `还有 ${n} 帖`, (n: string) => `and ${n} more postings`],
  repeats: ['与另一帖重复', 'repeats another'],
  none: ['没有招聘帖', 'no postings'],
})

/** What the postings of a document describe, each once; roles and departments lead to their views. */
export function Postings({ of: { postings } }: { of: DocumentLineFragment }) {
  if (!postings.totalCount) return <span class="none">{words.none}</span>
  const rest = postings.totalCount - postings.edges.length
  const lines = new Map<string, { id: string | null; name: string; organization: string | null; times: number; repeats: boolean }>()
  for (const { node } of postings.edges) {
    const described = [...node.roles.edges, ...node.departments.edges].map(edge => edge.node)
    for (const { id, name } of described.length ? described : [{ id: null, name: node.title }]) {
      const organization = node.organization ?? null
      const line = lines.get(`${name} ${organization}`) ?? { id, name, organization, times: 0, repeats: Boolean(node.repeats) }
      lines.set(`${name} ${organization}`, { ...line, times: line.times + 1 })
    }
  }
  return (
    <ul class="inline">
      {[...lines].map(([key, { id, name, organization, times, repeats }]) => (
        <li key={key}>
          <span lang="zh-CN">
            {id ? <a href={href('role', [id])}>{name}</a> : name}
            {organization && <small> {organization}</small>}
          </span>
          {times > 1 && <span class="count"> × {number(times)}</span>}
          {repeats && <small class="tag">{words.repeats}</small>}
        </li>
      ))}
      {rest > 0 && <li class="count">{words.more(number(rest))}</li>}
    </ul>
  )
}
