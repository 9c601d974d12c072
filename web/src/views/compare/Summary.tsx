import { both, percent } from '../../words'
import type { Comparison } from '../Compare'

const words = both({
  covers: [
    (share: string, a: string, b: string) => `${a}所需技能中，${share} 也为${b}所需`,
    (share: string, a: string, b: string) => `${share} of the skills of ${a} are needed by ${b} too`,
  ],
  title: ['重合度', 'How much they share'],
})

/** How much each two of them share. */
export function Summary({ found }: { found: Comparison }) {
  const name = (id: string): string => found.subjects.find(({ subject }) => subject.id === id)!.subject.name
  return (
    <section>
      <h3>{words.title}</h3>
      <ul>
        {found.pairs.flatMap(({ a, b, measures }) => [
          <li key={a.id + b.id}>{words.covers(percent(measures.coverageA), name(a.id), name(b.id))}</li>,
          <li key={b.id + a.id}>{words.covers(percent(measures.coverageB), name(b.id), name(a.id))}</li>,
        ])}
      </ul>
    </section>
  )
}
