import type { ComponentChildren } from 'preact'
import { href } from '../../address'
import type { ListedInFragment, MentionedFragment, OwnedByFragment } from '../../generated/graphql'
import { placed } from '../../parts/terms'
import { both, number } from '../../words'

const words = both({
  others: [(n: string) => `另有 ${n} 个岗位`, (n: string) => (n === '1' ? 'and 1 more role' : `and ${n} more roles`)],
  preferred: ['优先', 'preferred'],
})

interface ItemProps {
  text: string
  mentions: MentionedFragment[]
  roles: ListedInFragment
  owners: OwnedByFragment['edges']
}

/** A duty or requirement, the words that ask for the skill marked, and who lists it where. */
export function Item({ text, mentions, roles, owners }: ItemProps) {
  const preferred = mentions.length > 0 && mentions.every(({ necessity }) => necessity === 'PREFERRED')
  const left = roles.totalCount - roles.edges.length
  return (
    <li>
      <blockquote lang="zh-CN">
        <Marked text={text} mentions={mentions} />
      </blockquote>
      <cite>
        {[...roles.edges, ...owners].map(({ node, mentions: [place] }, index) => (
          <span key={node.id}>
            {index > 0 && ' · '}
            <a href={href('role', [node.id])} lang="zh-CN">
              {node.name}
            </a>
            {place && ` ${placed({ origin: place.posting.document.origin, line: place.line })}`}
          </span>
        ))}
        {left > 0 && <> · {words.others(number(left))}</>}
        {preferred && <> · {words.preferred}</>}
      </cite>
    </li>
  )
}

/** A text with the words of all mentions marked; where some overlap, as one. */
function Marked({ text, mentions }: { text: string; mentions: MentionedFragment[] }) {
  const parts: ComponentChildren[] = []
  let at = 0
  for (const { startUtf16, endUtf16 } of [...mentions].sort((a, b) => a.startUtf16 - b.startUtf16)) {
    if (endUtf16 <= at) continue
    const start = Math.max(at, startUtf16)
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, endUtf16)}</mark>)
    at = endUtf16
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  )
}
