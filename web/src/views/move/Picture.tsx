import type { RefObject } from 'preact'
import { useId } from 'preact/hooks'
import { placed } from '../../parts/terms'
import { both } from '../../words'
import type { Path } from './Paths'
import { stepCost, stepWords } from './Steps'

const words = both({
  title: [(names: string) => `职业路径：${names}`, (names: string) => `Career path: ${names}`],
  about: [
    '岗位为方框，步为箭头；实线的步有文档说明，虚线的步由技能推断。后面的列表逐步说明。',
    'Roles are boxes and steps are arrows; a solid one is stated in a document, a dashed one is inferred from the skills. The list that follows tells each step.',
  ],
})

const WIDTH = 340
const EDGE = 6
const PADDING = 12
const LINE = 22
const ARROW = 92
const SHAFT = 36

/** How wide a character is, in the size of the type: those of Chinese fill a square. */
const wide = (character: string): number => (character.codePointAt(0)! < 0x2e80 ? 0.58 : 1)

/** A text in lines of at most `most` sizes of the type; what does not fit into `lines` ends with an ellipsis. */
export function wrapped(text: string, most: number, lines: number): string[] {
  const rows = ['']
  let taken = 0
  for (const character of text) {
    if (taken + wide(character) > most) {
      if (rows.length === lines) {
        rows[lines - 1] = `${rows[lines - 1]!.slice(0, -1)}…`
        return rows
      }
      rows.push('')
      taken = 0
    }
    rows[rows.length - 1] += character
    taken += wide(character)
  }
  return rows
}

interface PictureProps {
  path: Path
  names: string[]
  picture: RefObject<SVGSVGElement | null>
}

/** A path drawn from top to bottom, which needs no more room than a telephone has. */
export function Picture({ path, names, picture }: PictureProps) {
  const id = useId()
  let top = EDGE
  const boxes = names.map(name => {
    const lines = wrapped(name, (WIDTH - 2 * (EDGE + PADDING)) / 16, 2)
    const box = { lines, top, height: lines.length * LINE + 2 * PADDING - 4 }
    top += box.height + ARROW
    return box
  })
  const height = top - ARROW + EDGE
  return (
    <svg ref={picture} class="move-picture" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-labelledby={`${id}-title ${id}-about`}>
      <title id={`${id}-title`}>{words.title(names.join(' → '))}</title>
      <desc id={`${id}-about`}>{words.about}</desc>
      {path.steps.map((step, index) => {
        const from = boxes[index]!.top + boxes[index]!.height
        const to = boxes[index + 1]!.top
        const place = step.stated[0]
        return (
          <g key={index} class={`move-arrow move-${step.basis}`}>
            <line x1={SHAFT} x2={SHAFT} y1={from + 2} y2={to - 10} />
            <path d={`M${SHAFT} ${to - 2} l-7 -12 h14 z`} />
            <text x={SHAFT + 20} y={from + 28} class="move-basis">
              {stepWords[step.basis]}
            </text>
            <text x={SHAFT + 20} y={from + 48}>
              {stepCost(step)}
            </text>
            {place && (
              <text x={SHAFT + 20} y={from + 68}>
                {wrapped(`“${place.words}” ${placed(place)}`, (WIDTH - SHAFT - 26) / 13, 1)}
              </text>
            )}
          </g>
        )
      })}
      {boxes.map(({ lines, top, height }, index) => (
        <g key={index} class={index === 0 || index === boxes.length - 1 ? 'move-box move-end' : 'move-box'}>
          <rect x={EDGE} y={top} width={WIDTH - 2 * EDGE} height={height} rx={8} />
          {lines.map((line, row) => (
            <text key={row} x={WIDTH / 2} y={top + PADDING + 15 + row * LINE}>
              {line}
            </text>
          ))}
        </g>
      ))}
    </svg>
  )
}
