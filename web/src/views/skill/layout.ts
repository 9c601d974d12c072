// Where the boxes of the picture stand: rows of what is broader, the skill, rows of what is narrower or related.
import type { Above } from './above'
import { wrapped } from './wrapped'

/** What a box says: a name, and a line below it, such as how many roles need the skill. */
export interface Label {
  id: string
  name: string
  small: string
}

export interface Box {
  id: string
  kind: 'above' | 'self' | 'below' | 'rest' | 'related'
  x: number
  y: number
  lines: string[]
  small: string
}

export interface Layout {
  width: number
  height: number
  boxes: Box[]
  /** Paths from box to box. */
  lines: string[]
}

export interface Drawn {
  self: Label
  above: (Label & Pick<Above, 'up' | 'below'>)[]
  below: Label[]
  /** Stands in the last box below, for those that are not drawn. */
  rest: Label | null
  related: Label[]
}

export const BOX = { width: 168, height: 62 }
const GAP = 16
const ROW = 36
const EDGE = 4
const EMS = 10

/** The boxes and lines of a picture with an even number of boxes in a row, between which the lines find their way. */
export function layout({ self, above, below, rest, related }: Drawn, inRow: 2 | 4): Layout {
  const width = inRow * BOX.width + (inRow - 1) * GAP + 2 * EDGE
  const boxes: Box[] = []
  let y = EDGE
  const place = (labels: readonly Label[], kind: Box['kind']): Box[] => {
    const placed: Box[] = []
    for (let start = 0; start < labels.length; start += inRow) {
      const some = labels.slice(start, start + inRow)
      const left = (width - some.length * BOX.width - (some.length - 1) * GAP) / 2
      for (const [index, { id, name, small }] of some.entries()) {
        placed.push({ id, kind, x: left + index * (BOX.width + GAP), y, lines: wrapped(name, EMS), small })
      }
      y += BOX.height + ROW
    }
    boxes.push(...placed)
    return placed
  }
  for (let up = Math.max(0, ...above.map(({ up }) => up)); up > 0; up--) {
    place(above.filter(each => each.up === up), 'above')
  }
  const [middle] = place([self], 'self') as [Box]
  const known = new Map(boxes.map(box => [box.id, box]))
  const upwards = above.flatMap(each => [...each.below].map(id => curve(known.get(each.id)!, known.get(id)!)))
  const under = place(rest ? [...below, rest] : below, 'below')
  if (rest) under.at(-1)!.kind = 'rest'
  const downwards = under.map(box => elbow(middle, box))
  place(related, 'related')
  return { width, height: y - ROW + EDGE, boxes, lines: [...upwards, ...downwards] }
}

/** From the middle of the upper box down to the gap above the lower one's row, along it, and down. */
function elbow(upper: Box, lower: Box): string {
  const [from, to] = [upper.x + BOX.width / 2, lower.x + BOX.width / 2]
  return `M${from} ${upper.y + BOX.height}V${lower.y - ROW / 2}H${to}V${lower.y}`
}

/** The same, bent: ways up that meet or cross would else run along each other, and nobody could tell them apart. */
function curve(upper: Box, lower: Box): string {
  const [from, to, turn] = [upper.x + BOX.width / 2, lower.x + BOX.width / 2, lower.y - ROW / 2]
  return `M${from} ${upper.y + BOX.height}V${lower.y - ROW}C${from} ${turn} ${to} ${turn} ${to} ${lower.y}`
}
