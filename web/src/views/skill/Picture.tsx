import type { Ref } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import { both, number, skillName } from '../../words'
import type { Found } from '../Skill'
import type { Above, Named } from './above'
import { BOX, row, wrapped, type Box } from './layout'
import type { Twig } from './Place'

const words = both({
  title: [(name: string) => `“${name}”在技能表中的位置`, (name: string) => `The place of “${name}” in the taxonomy`],
  broader: ['上位', 'Broader'],
  narrower: ['下位', 'Narrower'],
  related: ['相关', 'Related'],
  list: ['、', ', '],
  roles: [(n: string) => `${n} 个岗位`, (n: string) => (n === '1' ? '1 role' : `${n} roles`)],
  rest: [(n: string) => `另有 ${n} 个`, (n: string) => `${n} more`],
})

/** At most so many narrower and related skills are drawn; the lists beside the picture have all. */
const DRAWN = 12
const PHONE = '(max-width: 40rem)'

interface PictureProps {
  innerRef: Ref<SVGSVGElement>
  skill: Found
  roles: number
  above: Above[]
  narrower: Twig[]
  related: Named[]
}

/** The skill in the middle, what is broader above it, what is narrower below, related ones dashed at the bottom. */
export function Picture({ innerRef, skill, roles, above, narrower, related }: PictureProps) {
  const id = useId()
  const per = usePhone() ? 2 : 4
  const width = per * BOX.width + (per - 1) * BOX.gap + 8
  const { boxes, lines, height } = drawn()
  const names = (list: readonly Named[]): string => list.map(skillName).join(words.list)
  const text = [
    above.length && `${words.broader}: ${names(above)}`,
    narrower.length && `${words.narrower}: ${names(narrower.slice(0, DRAWN).map(({ skill }) => skill))}`,
    related.length && `${words.related}: ${names(related)}`,
  ]
  return (
    <svg
      ref={innerRef}
      class="skill-picture"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-text`}
      style={{ maxWidth: `${width}px` }}
    >
      <title id={`${id}-title`}>{words.title(skillName(skill))}</title>
      <desc id={`${id}-text`}>{text.filter(Boolean).join('; ')}</desc>
      {lines.map(({ d, kind }) => (
        <path key={d} class={`line ${kind}`} d={d} />
      ))}
      {boxes.map(box => (
        <g key={box.key} class={`box ${box.kind}`}>
          <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={8} />
          {[...box.lines, ...(box.small ? [box.small] : [])].map((line, index, all) => (
            <text
              key={index}
              class={box.small && index === all.length - 1 ? 'small' : 'name'}
              x={box.x + box.width / 2}
              y={box.y + box.height / 2 + (index - (all.length - 1) / 2) * 18 + 5}
            >
              {line}
            </text>
          ))}
        </g>
      ))}
    </svg>
  )

  function drawn(): { boxes: Box[]; lines: { d: string; kind: string }[]; height: number } {
    const boxes: Box[] = []
    const lines: { d: string; kind: string }[] = []
    let y = 4
    const place = (some: Omit<Box, 'x' | 'y' | 'width' | 'height'>[]): Box[][] => {
      const rows: Box[][] = []
      for (let start = 0; start < some.length; start += per) {
        const line = some.slice(start, start + per)
        const lefts = row(line.length, width)
        rows.push(line.map((box, index) => ({ ...box, x: lefts[index]!, y, width: BOX.width, height: BOX.height })))
        y += BOX.height + BOX.row
      }
      boxes.push(...rows.flat())
      return rows
    }
    const name = (named: Named): string[] => wrapped(skillName(named), 10)
    const known = new Map<string, Box>()
    for (let up = Math.max(0, ...above.map(({ up }) => up)); up > 0; up--) {
      const level = above.filter(each => each.up === up)
      for (const box of place(level.map(each => ({ key: each.id, lines: name(each), small: '', kind: 'above' as const }))).flat()) {
        known.set(box.key, box)
      }
    }
    const self = place([{ key: skill.id, lines: name(skill), small: words.roles(number(roles)), kind: 'self' }])[0]![0]!
    known.set(self.key, self)
    for (const each of above) {
      const upper = known.get(each.id)!
      for (const below of each.below) {
        const lower = known.get(below)!
        lines.push({ d: elbow(upper, lower, lower.y - BOX.row / 2), kind: 'up' })
      }
    }
    const few = narrower.length > DRAWN ? narrower.slice(0, DRAWN - 1) : narrower
    const under = place([
      ...few.map(twig => ({ key: twig.skill.id, lines: name(twig.skill), small: words.roles(number(twig.roles)), kind: 'below' as const })),
      ...(few.length < narrower.length ? [{ key: 'rest', lines: [words.rest(number(narrower.length - few.length))], small: '', kind: 'rest' as const }] : []),
    ])
    for (const lower of under.flat()) lines.push({ d: elbow(self, lower, lower.y - BOX.row / 2), kind: 'down' })
    place(related.slice(0, per).map(each => ({ key: `related ${each.id}`, lines: name(each), small: words.related, kind: 'related' as const })))
    return { boxes, lines, height: y - BOX.row + 4 }
  }
}

/** From the middle of the upper box down, along the gap above the lower one's row, and down to that. */
function elbow(upper: Box, lower: Box, turn: number): string {
  const middle = (box: Box): number => box.x + box.width / 2
  return `M${middle(upper)} ${upper.y + upper.height}V${turn}H${middle(lower)}V${lower.y}`
}

/** Whether the screen is as narrow as a phone's, where fewer boxes fit beside each other. */
function usePhone(): boolean {
  const [phone, turn] = useState(() => matchMedia(PHONE).matches)
  useEffect(() => {
    const asked = matchMedia(PHONE)
    const told = (): void => turn(asked.matches)
    asked.addEventListener('change', told)
    return () => asked.removeEventListener('change', told)
  }, [])
  return phone
}
