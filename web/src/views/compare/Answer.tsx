import { useEffect, useState } from 'preact/hooks'
import { href } from '../../address'
import { ask, useAnswer } from '../../ask'
import { both, number, percent } from '../../words'
import { Columns } from './Columns'
import { Measures } from './Measures'
import { Picture } from './Picture'
import { Places, type Comparison } from './question'
import { Related } from './Related'
import { tableOf } from './table'

const words = both({
  postings: [
    (name: string, n: string) => `${name} ${n} 个招聘帖`,
    (name: string, n: string) => `${name}: ${n} ${n === '1' ? 'posting' : 'postings'}`,
  ],
  between: ['；', '; '],
  least: [
    (share: string) => `只计至少 ${share} 的招聘帖要求的技能`,
    (share: string) => `only skills that at least ${share} of the postings ask for`,
  ],
  silent: [
    (name: string) => `没有招聘帖描述 ${name}，它需要什么技能不得而知。`,
    (name: string) => `No posting describes ${name}: which skills it needs is not known.`,
  ],
  on: ['接下来', 'Next'],
  move: [(a: string, b: string) => `从 ${a} 转到 ${b}`, (a: string, b: string) => `Move from ${a} to ${b}`],
})

const FEW = 5
const MOST = 20

/** All that is told of several roles beside each other, below their names. */
export function Answer({ found, minShare, query }: { found: Comparison; minShare: number; query: URLSearchParams }) {
  const roles = found.subjects.map(({ subject }) => subject.id)
  const name = found.subjects.map(({ subject }) => subject.name).join(' - ')
  const open = query.get('skill')
  // Sentences are asked for when the first is opened, and then at hand for all.
  const [opened, put] = useState(false)
  const [most, more] = useState(FEW)
  useEffect(() => {
    if (open) put(true)
  }, [open])
  const places = useAnswer(Places, open || opened ? { roles, minShare, most } : null)
  const rows = async () => {
    const { compare } = await ask(Places, { roles, minShare, most: MOST })
    return tableOf(found, compare.__typename === 'Comparison' ? compare.skills : [])
  }
  const basis = found.subjects.map(({ subject, postings }) => words.postings(subject.name, number(postings)))
  const pairs = found.pairs.length === 1 ? [[0, 1] as const, [1, 0] as const] : []
  return (
    <>
      <p class="basis">
        {[basis.join(words.between), ...(minShare ? [words.least(percent(minShare))] : [])].join(words.between)}
      </p>
      {found.subjects.map(
        ({ subject, postings }) =>
          postings === 0 && (
            <p key={subject.id} class="panel problem">
              {words.silent(subject.name)}
            </p>
          ),
      )}
      <Columns found={found} open={open} places={places} onMore={most < MOST ? () => more(MOST) : null} />
      <Related found={found} minShare={minShare} query={query} />
      <Measures found={found} />
      <Picture found={found} minShare={minShare} name={name} table={rows} />
      {pairs.length > 0 && (
        <nav class="on" aria-label={words.on}>
          {pairs.map(([from, to]) => (
            <a key={from} href={href('move', [roles[from]!, roles[to]!], { minShare: minShare || null })}>
              {words.move(found.subjects[from]!.subject.name, found.subjects[to]!.subject.name)}
            </a>
          ))}
        </nav>
      )}
    </>
  )
}
