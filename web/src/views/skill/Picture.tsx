import type { Ref } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import { both, number, skillName } from '../../words'
import type { Found } from '../Skill'
import type { Above, Named } from './above'
import { BOX, layout, type Drawn, type Label } from './layout'
import type { Twig } from './twigs'

const words = both({
  title: [(name: string) => `“${name}”在技能表中的位置`, (name: string) => `The place of “${name}” in the taxonomy`],
  broader: ['上位', 'Broader'],
  narrower: ['下位', 'Narrower'],
  related: ['相关', 'Related'],
  list: ['、', ', '],
  roles: [(n: string) => `${n} 个岗位`, (n: string) => (n === '1' ? '1 role' : `${n} roles`)],
  rest: [(n: string) => `另有 ${n} 个`, (n: string) => `${n} more`],
})

/** At most so many narrower skills are drawn; the list beside the picture has all. */
const DRAWN = 12
const LINE = 18
const PHONE = '(max-width: 40rem)'

interface PictureProps {
  innerRef: Ref<SVGSVGElement>
  skill: Found
  /** How many roles need it or what is below it. */
  roles: number
  above: Above[]
  narrower: Twig[]
  related: Named[]
}

/** The skill in the middle, what is broader above it, what is narrower below, related ones dashed at the bottom. */
export function Picture({ innerRef, skill, roles, above, narrower, related }: PictureProps) {
  const id = useId()
  const inRow = usePhone() ? 2 : 4
  const label = (named: Named, small = ''): Label => ({ id: named.id, name: skillName(named), small })
  const few = narrower.length > DRAWN ? narrower.slice(0, DRAWN - 1) : narrower
  const left = narrower.length - few.length
  const parts: Drawn = {
    self: label(skill, words.roles(number(roles))),
    above: above.map(each => ({ ...label(each), up: each.up, below: each.below })),
    below: few.map(({ skill, roles }) => label(skill, words.roles(number(roles)))),
    rest: left > 0 ? { id: 'rest', name: words.rest(number(left)), small: '' } : null,
    related: related.slice(0, inRow).map(each => label(each, words.related)),
  }
  const { width, height, boxes, lines } = layout(parts, inRow)
  const text = [
    [words.broader, parts.above] as const,
    [words.narrower, parts.rest ? [...parts.below, parts.rest] : parts.below] as const,
    [words.related, parts.related] as const,
  ]
  return (
    <svg
      ref={innerRef}
      class="skill-picture"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-text`}
      width={width}
      height={height}
    >
      <title id={`${id}-title`}>{words.title(skillName(skill))}</title>
      <desc id={`${id}-text`}>
        {text
          .filter(([, labels]) => labels.length)
          .map(([title, labels]) => `${title}: ${labels.map(({ name }) => name).join(words.list)}`)
          .join('; ')}
      </desc>
      {lines.map(line => (
        <path key={line} class="line" d={line} />
      ))}
      {boxes.map(({ id, kind, x, y, lines, small }) => (
        <g key={`${kind} ${id}`} class={kind}>
          <rect x={x} y={y} width={BOX.width} height={BOX.height} rx={8} />
          {[...lines, ...(small ? [small] : [])].map((line, index, { length }) => (
            <text
              key={index}
              class={index < lines.length ? 'name' : 'small'}
              x={x + BOX.width / 2}
              y={y + BOX.height / 2 + (index - (length - 1) / 2) * LINE + 5}
            >
              {line}
            </text>
          ))}
        </g>
      ))}
    </svg>
  )
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
