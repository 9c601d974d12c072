import { useEffect, useRef, useState } from 'preact/hooks'
import { Saves } from '../../parts/Saves'
import { both, number, percent, skillName } from '../../words'
import { columns, skillsOf, type Comparison } from './question'
import { UpSet } from './UpSet'
import { Venn } from './Venn'

const words = both({
  title: ['图示', 'Picture'],
  of: [(names: string) => `${names}：技能的重合`, (names: string) => `${names}: how their skills overlap`],
  versus: [' 与 ', ' and '],
  least: [
    (share: string) => `只计至少 ${share} 的招聘帖要求的技能`,
    (share: string) => `Only skills that at least ${share} of the postings ask for`,
  ],
  part: [
    (title: string, n: string, names: string) => `${title} ${n} 个${names && `：${names}`}`,
    (title: string, n: string, names: string) => `${title}: ${n}${names && ` (${names})`}`,
  ],
  total: [
    (name: string, n: string) => `${name} 共 ${n} 个技能`,
    (name: string, n: string) => `${name}: ${n} skills in all`,
  ],
  comma: ['、', ', '],
  rest: ['等', ' and more'],
})

/** Names in the text that tells a picture to those who do not see it; all stand in the columns. */
const TOLD = 12

/** What pictures of an overlap are given. */
export interface Drawing {
  found: Comparison
  /** Whether there is room for names beside each other; else the picture is as narrow as a telephone. */
  wide: boolean
  /** A line below the picture; '' for none. */
  foot: string
}

interface PictureProps {
  found: Comparison
  minShare: number
  /** The name of its files. */
  name: string
  /** The table that is saved beside it. */
  table: NonNullable<Parameters<typeof Saves>[0]['table']>
}

/** The overlap drawn, to be saved and sent: circles for two, bars for more. */
export function Picture({ found, minShare, name, table }: PictureProps) {
  const holder = useRef<HTMLDivElement>(null)
  const wide = useWide()
  const title = words.of(found.subjects.map(({ subject }) => subject.name).join(words.versus))
  const foot = minShare ? words.least(percent(minShare)) : ''
  const told = [
    ...found.subjects.map(({ subject }, index) => words.total(subject.name, number(skillsOf(found, index)))),
    ...columns(found).map(({ title, lines }) => {
      const names = lines.slice(0, TOLD).map(({ skill }) => skillName(skill))
      const more = lines.length > TOLD ? words.rest : ''
      return words.part(title, number(lines.length), names.join(words.comma) + more)
    }),
    ...(foot ? [foot] : []),
  ].join('. ')
  const [width, height, drawn] = (found.subjects.length === 2 ? Venn : UpSet)({ found, wide, foot })
  return (
    <section class="picture" aria-label={words.title}>
      <h3>{words.title}</h3>
      <div ref={holder}>
        <svg
          class={wide ? 'overlap' : 'overlap narrow'}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={title}
          aria-describedby="overlap-told"
        >
          <title>{title}</title>
          <desc id="overlap-told">{told}</desc>
          {drawn}
        </svg>
      </div>
      <Saves name={name} picture={() => holder.current?.querySelector('svg') ?? null} table={table} />
    </section>
  )
}

function useWide(): boolean {
  const [query] = useState(() => matchMedia('(min-width: 40rem)'))
  const [wide, put] = useState(query.matches)
  useEffect(() => {
    const changed = (): void => put(query.matches)
    query.addEventListener('change', changed)
    return () => query.removeEventListener('change', changed)
  }, [query])
  return wide
}
