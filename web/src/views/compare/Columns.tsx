import { useState } from 'preact/hooks'
import type { Asked } from '../../ask'
import type { ComparePlacesQuery } from '../../generated/graphql'
import { Evidence } from '../../parts/Evidence'
import { Need } from '../../parts/Need'
import { Failed } from '../../parts/Problem'
import { SkillLine } from '../../parts/SkillLine'
import { SKILL_TYPES } from '../../parts/terms'
import { both, number } from '../../words'
import { columns, type Column, type Comparison, type Line } from './question'

const words = both({
  none: ['没有', 'None'],
  reading: ['查找出处……', 'Looking for the places …'],
  all: [(n: string) => `显示全部 ${n} 个`, (n: string) => `Show all ${n}`],
  fewer: ['只显示前面的', 'Show only the first'],
  places: [
    (shown: string, all: string) => `${all} 处中的前 ${shown} 处`,
    (shown: string, all: string) => `The first ${shown} of ${all} places`,
  ],
  more: ['更多出处', 'More places'],
})

/** Skills of a column that are shown at first; compare.css hides those after them, and print shows them. */
const FIRST = 30

type Places = Asked<ComparePlacesQuery>

interface ColumnsProps {
  found: Comparison
  /** The id of the skill whose evidence is shown. */
  open: string | null
  places: Places
  /** Asks for more places than there are; null where no more can be had. */
  onMore: (() => void) | null
}

/** What all need, what some need, and what only one needs; each skill opens its sentences. */
export function Columns({ found, open, places, onMore }: ColumnsProps) {
  const lines = (column: Column) => (
    <Lines key={column.key} column={column} found={found} open={open} places={places} onMore={onMore} />
  )
  const all = columns(found)
  const lone = all.length - found.subjects.length
  return (
    <div class={lone > 1 ? 'columns several' : 'columns'}>
      <div class="together">{all.slice(0, lone).map(lines)}</div>
      {all.slice(lone).map(lines)}
    </div>
  )
}

function Lines({ column: { title, lines }, found, open, places, onMore }: ColumnsProps & { column: Column }) {
  const [all, show] = useState(false)
  const folds = lines.length > FIRST
  const folded = folds && !all && lines.findIndex(({ skill }) => skill.id === open) < FIRST
  return (
    <section class="column" aria-label={title}>
      <h3>
        {title} <span class="count">{number(lines.length)}</span>
      </h3>
      {lines.length === 0 && <p class="none">{words.none}</p>}
      <ul class={folded ? 'skills folded' : 'skills'}>
        {lines.map(line => (
          <SkillLine
            key={line.skill.id}
            skill={line.skill}
            open={line.skill.id === open}
            beside={<Needs line={line} found={found} />}
          >
            <Opened line={line} found={found} places={places} onMore={onMore} />
          </SkillLine>
        ))}
      </ul>
      {folds && (
        <button type="button" class="unfold" aria-expanded={!folded} onClick={() => show(folded)}>
          {folded ? words.all(number(lines.length)) : words.fewer}
        </button>
      )}
    </section>
  )
}

/** How often each asks for a skill, with its name where several do; and what it is, if it is no skill in the strict sense. */
function Needs({ line, found }: { line: Line; found: Comparison }) {
  const several = line.needs.filter(Boolean).length > 1
  return (
    <>
      {line.skill.type !== 'SKILL' && <small class="tag">{SKILL_TYPES[line.skill.type]}</small>}
      {found.subjects.map(({ subject, postings }, index) => {
        const need = line.needs[index]
        return (
          need && (
            <p key={subject.id} class={several ? 'of each' : 'of'}>
              {several && <span lang="zh-CN">{subject.name}: </span>}
              <Need postings={need.postings} all={postings} necessity={need.necessity} />
            </p>
          )
        )
      })}
    </>
  )
}

/** The sentences of each that ask for a skill. */
function Opened({ line, found, places, onMore }: { line: Line; found: Comparison } & Pick<ColumnsProps, 'places' | 'onMore'>) {
  if (places.problem) return <Failed problem={places.problem} />
  const compared = places.answer?.compare
  const needs =
    compared?.__typename === 'Comparison' ? compared.skills.find(({ skill }) => skill.id === line.skill.id)?.needs : null
  if (!needs) return <p role="status">{words.reading}</p>
  return (
    <>
      {found.subjects.map(({ subject }, index) => {
        const shown = needs[index]?.evidence
        const all = line.needs[index]?.items ?? 0
        return (
          shown && (
            <section key={subject.id}>
              <h4 lang="zh-CN">{subject.name}</h4>
              <Evidence places={shown} />
              {shown.length < all && (
                <p class="of">
                  {words.places(number(shown.length), number(all))}{' '}
                  {onMore && (
                    <button type="button" onClick={onMore}>
                      {words.more}
                    </button>
                  )}
                </p>
              )}
            </section>
          )
        )
      })}
    </>
  )
}
