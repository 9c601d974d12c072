import { both, number, skillName } from '../../words'
import { fitted, listed } from './fit'
import type { Drawing } from './Picture'
import { skillsOf, type Comparison, type Line } from './question'
import type { Drawn } from './Venn'

const words = both({
  skills: [(name: string, n: string) => `${name}（${n} 个技能）`, (name: string, n: string) => `${name} (${n} skills)`],
  comma: ['、', ', '],
  rest: [(n: number) => `…… 还有 ${n} 个`, (n: number) => ` … and ${n} more`],
})

interface Group {
  needs: boolean[]
  lines: Line[]
}

/** The skills by who needs them: those of most first, then the largest groups. */
function groups(found: Comparison): Group[] {
  const by = new Map<string, Group>()
  for (const line of found.skills) {
    const needs = line.needs.map(Boolean)
    const group = by.get(String(needs)) ?? { needs, lines: [] }
    group.lines.push(line)
    by.set(String(needs), group)
  }
  const count = ({ needs }: Group): number => needs.filter(Boolean).length
  return [...by.values()].sort(
    (a, b) =>
      count(b) - count(a) || b.lines.length - a.lines.length || String(b.needs).localeCompare(String(a.needs), 'en'),
  )
}

/** A row for each group of roles that need the same skills: dots say who, a bar how many, and the first are named. */
export function UpSet({ found, wide, foot }: Drawing): Drawn {
  const all = groups(found)
  const most = Math.max(1, ...all.map(({ lines }) => lines.length))
  const roles = found.subjects.length
  const [width, step, bar, rowHeight] = wide ? [880, 34, 150, 34] : [360, 28, 120, 54]
  const dot = (index: number): number => 24 + index * step
  const head = 30
  const top = head + roles * 26 + 18
  const bars = dot(roles - 1) + 30
  const names = bars + bar + 50
  const y = (row: number): number => top + row * rowHeight + 12
  const bottom = top + all.length * rowHeight + 10
  return [
    width,
    bottom + (foot ? 28 : 4),
    <>
      {found.subjects.map(({ subject }, index) => (
        <g key={subject.id}>
          <path class="leader" d={`M${dot(index)} ${head + index * 26 + 6}V${y(all.length - 1)}`} />
          <text class="role start" x={dot(index) - 6} y={head + index * 26}>
            {fitted(words.skills(subject.name, number(skillsOf(found, index))), (width - dot(index) - 8) / 17)}
          </text>
        </g>
      ))}
      {all.map(({ needs, lines }, row) => {
        const in_ = needs.flatMap((need, index) => (need ? [index] : []))
        const long = (lines.length / most) * bar
        const told = lines.map(({ skill }) => skillName(skill))
        const [x, at, room] = wide ? [names, y(row) + 5, width - names - 8] : [bars, y(row) + 28, width - bars - 8]
        return (
          <g key={String(needs)}>
            <path class="join" d={`M${dot(in_[0]!)} ${y(row)}H${dot(in_.at(-1)!)}`} />
            {needs.map((need, index) => (
              <circle key={index} class={need ? 'in' : 'out'} cx={dot(index)} cy={y(row)} r={need ? 8 : 5} />
            ))}
            <rect class="bar" x={bars} y={y(row) - 9} width={Math.max(2, Math.round(long))} height="18" rx="3" />
            <text class="many start" x={bars + Math.max(2, Math.round(long)) + 8} y={y(row) + 6}>
              {number(lines.length)}
            </text>
            <text class="name start" x={x} y={at}>
              {listed(told, room / 15, words.comma, words.rest)}
            </text>
          </g>
        )
      })}
      {foot && (
        <text class="total start" x="18" y={bottom + 14}>
          {fitted(foot, width / 14 - 3)}
        </text>
      )}
    </>,
  ]
}
