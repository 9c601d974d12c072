import './compare/compare.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { go, href, withQuery } from '../address'
import { useAnswer } from '../ask'
import type { ViewProps } from '../Page'
import { Begin } from '../parts/Begin'
import { CopyLink } from '../parts/CopyLink'
import { Picker } from '../parts/Picker'
import { Failed } from '../parts/Problem'
import { ShareSlider, minShareOf } from '../parts/ShareSlider'
import { useTitle } from '../parts/title'
import { both, number } from '../words'
import { Answer } from './compare/Answer'
import { Chip, Strange } from './compare/Chips'
import { isId, useChosen, type Subject } from './compare/chosen'
import { columns, CompareRoles } from './compare/question'
import { Similar } from './compare/Similar'

const MOST = 4

const words = both({
  title: ['岗位有哪些共同技能？', 'Which skills do roles share?'],
  lead: [
    '选择两到四个岗位或部门；也可一次输入几个，如“运营策划 和 数据分析”。',
    'Choose two to four roles or departments; several names may be typed at once, with commas between them.',
  ],
  first: ['第一个岗位', 'First role'],
  second: ['第二个岗位', 'Second role'],
  more: ['再加一个岗位', 'One more role'],
  versus: [' 与 ', ' and '],
  waiting: ['比较中……', 'Comparing …'],
  chosen: ['所选岗位', 'Chosen roles'],
  next: ['请再选一个岗位，与它对比。', 'Choose another role to compare it with.'],
  twice: [(name: string) => `${name} 已在对比中。`, (name: string) => `${name} is compared already.`],
  many: [(n: number) => `最多对比 ${n} 个，其余没有列入。`, (n: number) => `At most ${n} are compared; the rest is left out.`],
})

/** Two to four roles: `path` holds their ids, `?role=` names. */
export function Compare({ address }: ViewProps) {
  const { path, query } = address
  const named = [...new Set([...path, ...query.getAll('role')].map(text => text.trim()).filter(Boolean))]
  const asked = named.slice(0, MOST)
  const { chosen, failure, learn } = useChosen(asked)
  const subjects = [...new Map(chosen.flatMap(({ subject }) => (subject ? [[subject.id, subject] as const] : []))).values()]
  const ids = subjects.map(({ id }) => id)
  const names = subjects.map(({ name }) => name)
  const settled = chosen.every(({ subject, problem }) => subject || problem)
  // Ids are compared while their names are still asked for; names have to be understood before.
  const roles = settled ? ids : asked.every(isId) ? asked : []
  const minShare = minShareOf(query)
  const { answer, problem, waiting } = useAnswer(CompareRoles, roles.length > 1 ? { roles, minShare } : null)
  const found = answer?.compare.__typename === 'Comparison' ? answer.compare : null
  const told = found && columns(found).map(({ title, lines }) => `${title} ${number(lines.length)}`).join(', ')
  const heading = useRef<HTMLHeadingElement>(null)
  const picked = useRef(false)
  const [taken, take] = useState(0)
  const [note, tell] = useState('')
  useTitle(names.length > 1 ? names.join(words.versus) : words.title)

  const rest = { minShare: minShare || null }
  const of = (ids: readonly string[], named: readonly string[] = []): string => href('compare', ids, { role: named, ...rest })
  /** The address of these texts, in their order: as a path where all are ids. */
  const having = (texts: readonly string[]): string => (texts.every(isId) ? of(texts) : of([], texts))

  useEffect(() => {
    if (named.length > MOST) tell(words.many(MOST))
    else if (settled && subjects.length < [...path, ...query.getAll('role')].length && !chosen.some(each => each.problem)) {
      const twice = chosen.find(({ subject }, index) => chosen.some((one, at) => at < index && one.subject?.id === subject?.id))
      tell(words.twice(twice?.subject?.name ?? names[0] ?? ''))
    }
    const clear = settled && chosen.every(({ subject }) => subject)
    if (clear && (ids.join() !== path.join() || query.has('role'))) {
      go(withQueryOf(ids, query), { replace: true })
    }
  }, [settled, ids.join(), path.join(), query.toString()])
  // Who has chosen the second is led to the answer: the next key that moves on comes to its first skill.
  useEffect(() => {
    if (picked.current && found && found.subjects.map(({ subject }) => subject.id).join() === ids.join()) {
      picked.current = false
      heading.current?.focus()
    }
  }, [found])

  function pick(more: readonly Subject[]): void {
    const fresh = more.filter(({ id }) => !ids.includes(id))
    const room = MOST - asked.length
    tell(fresh.length > room ? words.many(MOST) : fresh.length ? '' : words.twice(more[0]!.name))
    if (!fresh.length) return
    const added = fresh.slice(0, room)
    learn(added)
    picked.current = ids.length + added.length > 1
    go(having([...asked, ...added.map(({ id }) => id)]))
  }

  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <div class="chosen" role="group" aria-label={words.chosen}>
        {chosen.map((each, index) => (
          <Chip
            key={each.text}
            chosen={each}
            without={having(asked.filter((_, at) => at !== index))}
            onTake={() => (take(count => count + 1), tell(''))}
          />
        ))}
        {asked.length < MOST && (
          <Picker
            key={`${asked.length} ${taken}`}
            label={[words.first, words.second][asked.length] ?? words.more}
            kinds={['ROLE', 'DEPARTMENT']}
            autofocus={asked.length < 2 || taken > 0}
            onPick={({ id, name }) => pick([{ id, name: name ?? id }])}
            onPickSeveral={several => pick(several.map(({ id, name }) => ({ id, name: name ?? id })))}
          />
        )}
      </div>
      <p class="told" role="status">
        {note}
      </p>
      {asked.length > 1 && (
        <div class="asked">
          <ShareSlider value={minShare} onChange={minShare => go(withQuery({ minShare: minShare || null }), { replace: true })} />
          <CopyLink />
        </div>
      )}
      {chosen.map((each, index) => (
        <Strange
          key={each.text}
          chosen={each}
          instead={meant => having(asked.map((text, at) => (at === index ? meant : text)))}
        />
      ))}
      {failure && <Failed problem={failure} />}
      {!failure && settled && !waiting && problem && <Failed problem={problem} />}
      {asked.length === 0 && <Begin to={id => of([id])} />}
      {settled && ids.length === 1 && (
        <>
          <p>{words.next}</p>
          <Similar subject={subjects[0]!} to={id => having([...asked, id])} />
        </>
      )}
      {asked.length > 1 && found && (
        <section class={waiting ? 'answer stale' : 'answer'} aria-busy={waiting}>
          <h2 ref={heading} tabIndex={-1}>
            {found.subjects.map(({ subject }) => subject.name).join(words.versus)}
          </h2>
          <Answer found={found} minShare={minShare} query={query} />
        </section>
      )}
      <p role="status" class="hidden">
        {waiting ? words.waiting : asked.length > 1 && told}
      </p>
    </>
  )
}

/** The address of these, with the query that is shown, but for names. */
function withQueryOf(ids: readonly string[], query: URLSearchParams): string {
  const kept = Object.fromEntries([...new Set(query.keys())].map(name => [name, query.getAll(name)]))
  return href('compare', ids, { ...kept, role: null })
}
