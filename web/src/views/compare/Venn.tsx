import type { ComponentChild } from 'preact'
import { both, number, skillName } from '../../words'
import { fitted } from './fit'
import type { Drawing } from './Picture'
import { columns, skillsOf, type Column } from './question'

const words = both({
  rest: [(n: string) => `还有 ${n} 个`, (n: string) => `and ${n} more`],
  skills: [(n: string) => `共 ${n} 个技能`, (n: string) => `${n} skills in all`],
  shared: ['共有', 'Shared'],
})

/** Size of the picture in its own units, and what is drawn. */
export type Drawn = [width: number, height: number, drawn: ComponentChild]

const NAME_PX = 15
const LINE_PX = 22

interface Part {
  column: Column
  head: string
  /** The middle of its texts, and the top of them. */
  x: number
  y: number
  /** The width that its names have, and how many lines. */
  room: number
  lines: number
}

/** Two shapes that overlap: how many skills stand in each part, and the first of their names. Its parts have one size. */
export function Venn({ found, wide, foot }: Drawing): Drawn {
  const [shared, a, b] = columns(found) as [Column, Column, Column]
  const names = found.subjects.map(({ subject }) => subject.name)
  const totals = found.subjects.map((_, index) => words.skills(number(skillsOf(found, index))))
  if (wide) {
    const tall = Math.min(8, Math.max(...[a, b, shared].map(({ lines }) => lines.length)))
    const one = { y: 280 - (tall * LINE_PX) / 2, room: 215, lines: 8 }
    const parts: Part[] = [
      { column: a, head: a.title, x: 178, ...one },
      { column: shared, head: words.shared, x: 440, ...one },
      { column: b, head: b.title, x: 702, ...one },
    ]
    return [
      880,
      foot ? 530 : 500,
      <>
        <ellipse class="first" cx="305" cy="280" rx="285" ry="205" />
        <ellipse class="second" cx="575" cy="280" rx="285" ry="205" />
        {[200, 680].map((x, index) => (
          <Head key={x} x={x} y={30} name={fitted(names[index]!, 22)} total={totals[index]!} />
        ))}
        {parts.map(part => (
          <Names key={part.column.key} part={part} />
        ))}
        {foot && <Foot x={440} y={515} text={foot} />}
      </>,
    ]
  }
  // One above the other, each part as high as its names.
  const heights = [a, shared, b].map(({ lines }) => 62 + LINE_PX * Math.min(lines.length, 7))
  const [top, middle, end] = heights as [number, number, number]
  const begin = 62
  const parts: Part[] = [
    { column: a, head: a.title, x: 180, y: begin + 26, room: 290, lines: 7 },
    { column: shared, head: words.shared, x: 180, y: begin + top + 26, room: 290, lines: 7 },
    { column: b, head: b.title, x: 180, y: begin + top + middle + 26, room: 290, lines: 7 },
  ]
  const bottom = begin + top + middle + end
  return [
    360,
    bottom + (foot ? 84 : 60),
    <>
      <rect class="first" x="14" y={begin} width="316" height={top + middle} rx="36" />
      <rect class="second" x="30" y={begin + top} width="316" height={middle + end} rx="36" />
      <Head x={180} y={24} name={fitted(names[0]!, 17)} total={totals[0]!} />
      {parts.map(part => (
        <Names key={part.column.key} part={part} />
      ))}
      <Head x={180} y={bottom + 24} name={fitted(names[1]!, 17)} total={totals[1]!} />
      {foot && <Foot x={180} y={bottom + 70} text={foot} />}
    </>,
  ]
}

function Head({ x, y, name, total }: { x: number; y: number; name: string; total: string }) {
  return (
    <>
      <text class="role" x={x} y={y}>
        {name}
      </text>
      <text class="total" x={x} y={y + 20}>
        {total}
      </text>
    </>
  )
}

function Names({ part: { column, head, x, y, room, lines } }: { part: Part }) {
  const names = column.lines.map(({ skill }) => skillName(skill))
  const shown = names.length > lines ? names.slice(0, lines - 1) : names
  const told = [...shown, ...(shown.length < names.length ? [words.rest(number(names.length - shown.length))] : [])]
  return (
    <g>
      <text class="part" x={x} y={y}>
        {fitted(head, (room - 40) / NAME_PX)} <tspan class="many">{number(names.length)}</tspan>
      </text>
      {told.map((name, index) => (
        <text key={index} class={index < shown.length ? 'name' : 'name rest'} x={x} y={y + 28 + index * LINE_PX}>
          {fitted(name, room / NAME_PX)}
        </text>
      ))}
    </g>
  )
}

function Foot({ x, y, text }: { x: number; y: number; text: string }) {
  return (
    <text class="total" x={x} y={y}>
      {fitted(text, 2 * (x / 14) - 2)}
    </text>
  )
}
