import './move/move.css'
import { useEffect, useRef } from 'preact/hooks'
import { go, withQuery } from '../address'
import type { ViewProps } from '../Page'
import { Begin } from '../parts/Begin'
import { CopyLink } from '../parts/CopyLink'
import { Failed, Unknown } from '../parts/Problem'
import { minShareOf, ShareSlider } from '../parts/ShareSlider'
import { useTitle } from '../parts/title'
import { both, number } from '../words'
import { restOf, useAnswers } from './move/answers'
import { askedOf, moveHref } from './move/asked'
import { Chooser } from './move/Chooser'
import { Conditions } from './move/Conditions'
import { Matches, Onward } from './move/Onward'
import { Parts } from './move/Parts'
import { Paths } from './move/Paths'
import { Summary } from './move/Summary'

const words = both({
  title: ['转岗还缺什么？', 'What is missing for a move?'],
  lead: [
    '从一个岗位或自己的技能出发，看离目标岗位还差多少。',
    'From a role, or from your own skills: see what another role asks for in addition.',
  ],
  move: [(start: string, target: string) => `从 ${start} 到 ${target}`, (start: string, target: string) => `From ${start} to ${target}`],
  skills: [(n: number) => `我的 ${number(n)} 个技能`, (n: number) => (n === 1 ? 'my one skill' : `my ${number(n)} skills`)],
  next: [(name: string) => `从 ${name} 可以去哪里`, (name: string) => `Where to go from ${name}`],
  before: [(name: string) => `从哪里可以到 ${name}`, (name: string) => `From where one comes to ${name}`],
  match: ['这些技能可以去哪里', 'Where to go with these skills'],
  same: ['出发岗位就是目标岗位。请另选一个。', 'Both are the same role. Choose another one.'],
  waiting: ['查找中……', 'Looking …'],
  conditions: ['条件', 'conditions'],
  path: ['路径', 'path'],
})

/** From a role or one's own skills to a role: see move/asked.ts for its addresses. */
export function Move({ address }: ViewProps) {
  const { query } = address
  const asked = askedOf(address)
  const { start, skills, target } = asked
  const minShare = minShareOf(query)
  const { gap, around, matches, unknown, problem, waiting, known } = useAnswers(asked, query)
  const rest = restOf(query, 'skill', 'path')

  const heading = useRef<HTMLHeadingElement>(null)
  const picked = useRef(false)
  // Who has chosen both is led to the answer.
  useEffect(() => {
    if (picked.current && gap && !waiting) {
      picked.current = false
      heading.current?.focus()
    }
  }, [gap, waiting])

  const needed = gap ? gap.has.length + gap.partly.length + gap.lacks.length : 0
  const same = start !== null && start === target
  const title = unknown
    ? null
    : gap
      ? words.move(gap.start?.name ?? words.skills(gap.known), gap.target.name)
      : around
        ? (start ? words.next : words.before)(around.subject.name)
        : matches && words.match
  useTitle(title ?? words.title)
  // So is who has followed a link of the answer before, which goes with it.
  const before = useRef(title)
  useEffect(() => {
    if (!title || waiting) return
    const at = document.activeElement
    const within = at === document.body || heading.current?.parentElement?.contains(at)
    if (before.current && before.current !== title && within) heading.current?.focus()
    before.current = title
  }, [title, waiting])
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Chooser asked={asked} rest={rest} known={known} waiting={waiting} unknown={unknown?.name ?? null} onPick={() => (picked.current = true)} />
      {problem && <Failed problem={problem} />}
      {unknown && (
        <Unknown
          problem={unknown}
          href={meant => {
            const other = (each: string | null): string | null => (each === unknown.name ? meant : each)
            return moveHref({ start: other(start), skills, target: other(target) }, rest)
          }}
        />
      )}
      {!start && !skills && !target && <Begin to={id => moveHref({ start: id, skills: null, target: null }, rest)} />}
      {same && <p class="panel">{words.same}</p>}
      {gap && (
        <div class="asked">
          {(needed > 0 || minShare > 0) && (
            <ShareSlider value={minShare} onChange={minShare => go(withQuery({ minShare: minShare || null }), { replace: true })} />
          )}
          <CopyLink />
        </div>
      )}
      {title && (
        <section class={waiting ? 'answer stale' : 'answer'} aria-busy={waiting}>
          <h2 ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {gap && (
            <>
              <Summary found={gap} minShare={minShare} />
              {needed > 0 && <Parts found={gap} minShare={minShare} open={query.get('skill')} name={title} />}
              <Conditions found={gap} query={query} name={`${title} - ${words.conditions}`} />
              {gap.start && (
                <Paths found={gap} minShare={minShare} chosen={Number(query.get('path') ?? 1)} rest={rest} name={`${title} - ${words.path}`} />
              )}
            </>
          )}
          {around && <Onward around={around} before={!start} rest={rest} />}
          {skills && matches && <Matches roles={matches} skills={skills} target={target} rest={rest} />}
        </section>
      )}
      <p role="status" class="hidden">
        {waiting && words.waiting}
      </p>
    </>
  )
}
