import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useAnswer } from '../../ask'
import type { OwnedByFragment } from '../../generated/graphql'
import { Failed } from '../../parts/Problem'
import { both, number } from '../../words'
import { Item } from './Item'
import { SkillDuties, SkillRequirements } from './itemQuestions'

const words = both({
  duties: ['提到它的职责', 'Duties that mention it'],
  requirements: ['提到它的任职要求', 'Requirements that mention it'],
  none: ['没有', 'None'],
  more: [(n: string) => `再显示一些（还有 ${n} 条）`, (n: string) => `Show more (${n} left)`],
})

/** The duties and requirements that mention a skill, its words marked, each with where it is listed. */
export function Items({ skill }: { skill: string }) {
  return (
    <>
      <Pages skill={skill} kind="duties" />
      <Pages skill={skill} kind="requirements" />
    </>
  )
}

interface PagesProps {
  skill: string
  kind: 'duties' | 'requirements'
  after?: string | null
  /** How many stand on the pages before. */
  before?: number
}

/** A page of the list; the first with its heading, each with a button that brings the next below it. */
function Pages({ skill, kind, after = null, before = 0 }: PagesProps) {
  const duties = useAnswer(SkillDuties, kind === 'duties' ? { id: skill, after } : null)
  const requirements = useAnswer(SkillRequirements, kind === 'requirements' ? { id: skill, after } : null)
  const { answer, problem } = kind === 'duties' ? duties : requirements
  const items = answer?.skill.__typename === 'Skill' ? answer.skill.items : null
  const [more, show] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const came = items !== null
  // Who has pressed the button, which goes, is led to the first of what it brought.
  useEffect(() => {
    if (came && after) list.current?.focus()
  }, [came])
  const shown = items ? before + items.edges.length : before
  const body: ComponentChildren = (
    <>
      {problem && <Failed problem={problem} />}
      {items?.totalCount === 0 && <p class="none">{words.none}</p>}
      {items && items.edges.length > 0 && (
        <ul class="evidence skill-items" ref={list} tabIndex={after ? -1 : undefined}>
          {items.edges.map(({ node, mentions }) => (
            <Item
              key={node.id}
              text={node.text}
              mentions={mentions}
              roles={node.roles}
              owners={'owners' in node ? (node.owners as OwnedByFragment).edges : []}
            />
          ))}
        </ul>
      )}
      {items?.pageInfo.hasNextPage &&
        (more ? (
          <Pages skill={skill} kind={kind} after={items.pageInfo.endCursor} before={shown} />
        ) : (
          <button type="button" onClick={() => show(true)}>
            {words.more(number(items.totalCount - shown))}
          </button>
        ))}
    </>
  )
  if (after) return body
  return (
    <section>
      <h2>
        {words[kind]} {items && <span class="count">{number(items.totalCount)}</span>}
      </h2>
      {body}
    </section>
  )
}
