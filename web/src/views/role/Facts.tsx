import type { ComponentChildren } from 'preact'
import { href } from '../../address'
import { graphql } from '../../generated'
import type { FactPartsFragment } from '../../generated/graphql'
import { placed } from '../../parts/terms'
import { both, number } from '../../words'

export const FactParts = graphql(`
  fragment FactParts on FactMention {
    id
    words
    line
    definition
    goal
    posting {
      id
      document {
        origin
      }
    }
  }
`)

const words = both({
  rest: [(n: string) => `另有 ${n} 个`, (n: string) => `and ${n} more`],
})

interface FactsProps {
  title: string
  facts: {
    totalCount: number
    edges: { node: { id: string; name: string }; mentions?: FactPartsFragment[] }[]
  }
  /** What leads to all of them, where there are more. */
  all?: ComponentChildren
}

/** Roles or departments that documents state, each with the words that say so; nothing where there are none. */
export function Facts({ title, facts, all }: FactsProps) {
  if (!facts.edges.length) return null
  const rest = facts.totalCount - facts.edges.length
  return (
    <section class="role-group" aria-label={title}>
      <h3>
        {title} {facts.totalCount > 1 && <span class="count">{number(facts.totalCount)}</span>}
      </h3>
      <ul class="role-items">
        {facts.edges.map(({ node, mentions = [] }) => (
          <li key={node.id}>
            <a href={href('role', [node.id])} lang="zh-CN">
              {node.name}
            </a>
            {mentions.map(mention => (
              <Stated key={mention.id} mention={mention} name={node.name} />
            ))}
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p>
          {words.rest(number(rest))} {all}
        </p>
      )}
    </section>
  )
}

/** The words of a document that state something, where they say more than its name. */
export function Stated({ mention, name }: { mention: FactPartsFragment; name: string }) {
  return (
    <cite>
      {mention.words !== name && <q lang="zh-CN">{mention.words}</q>}{' '}
      {placed({ origin: mention.posting.document.origin, line: mention.line })}
    </cite>
  )
}
