// Where things stand. The same graph gives the same picture, on any screen: nothing here is random or measured.
import type { NodeKind } from '../../generated/graphql'
import { KINDS, LANES } from './kinds'
import { wrap } from './labels'
import type { Neighbourhood, Shown } from './picture'

export const TYPE = 13
export const LINE = 17

/** Of each kind: the width of its boxes, how much of it is free of text on both sides together, and its most lines. */
const WIDE = { width: 184, free: 24, lines: 3 }
const NARROW = { width: 136, free: 30, lines: 2 }
const SIZES: Record<NodeKind, typeof WIDE> = {
  ROLE: NARROW,
  DUTY: WIDE,
  REQUIREMENT: WIDE,
  SKILL: NARROW,
  DEPARTMENT: NARROW,
  INDICATOR: NARROW,
  POSTING: NARROW,
  DOCUMENT: NARROW,
}
const GAPS = { row: 12, column: 16, lane: 64, heading: 30 }
/** Width to height of the place that a picture is shown in, as a rule. */
const PROPORTION = 1.5
const STEP = 40
const SWEEPS = 6

/** A box; `x` and `y` are its middle. */
export interface Placed {
  node: Shown
  lines: string[]
  x: number
  y: number
  width: number
  height: number
}

export interface Layout {
  boxes: Map<string, Placed>
  headings: { kind: NodeKind; x: number; y: number }[]
  /** The number of the lane in which each stands. */
  lane: Map<string, number>
  width: number
  height: number
}

/** Lanes from left to right, each in as many columns as let all be shown the largest. */
export function layout(found: Neighbourhood): Layout {
  const lanes = ordered(found).map(groups => groups.map(([kind, nodes]) => ({ kind, boxes: nodes.map(box) })))
  const needed = ({ width, height }: Layout): number => Math.max(width / PROPORTION, height)
  const tallest = place(lanes, Infinity)
  let best = tallest
  for (let height = 160; height < tallest.height; height += STEP) {
    const tried = place(lanes, height)
    if (needed(tried) > needed(best) && tried.height > tried.width) break // taller ones are larger still
    if (needed(tried) < needed(best)) best = tried
  }
  return best
}

type Groups = [NodeKind, Shown[]][]

/** The nodes of each lane by kind, each near to what it is joined with, so that few lines cross. */
function ordered(found: Neighbourhood): Groups[] {
  const beside = found.beside
  const groups: Groups[] = LANES.map(kinds =>
    kinds
      .map((kind): [NodeKind, Shown[]] => [kind, found.nodes.filter(node => node.kind === kind)])
      .filter(([, nodes]) => nodes.length),
  ).filter(lane => lane.length)
  const at = new Map<string, number>()
  const lane = new Map<string, number>()
  const number = (index: number): void => {
    const ids = groups[index]!.flatMap(([, nodes]) => nodes.map(({ id }) => id))
    ids.forEach((id, place) => {
      at.set(id, (place + 0.5) / ids.length)
      lane.set(id, index)
    })
  }
  groups.forEach((_, index) => number(index))
  const pull = (id: string): number => {
    const others = [...(beside.get(id) ?? [])].filter(other => lane.get(other) !== lane.get(id))
    return others.length ? others.reduce((sum, other) => sum + at.get(other)!, 0) / others.length : at.get(id)!
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const indexes = groups.map((_, index) => index)
    for (const index of sweep % 2 ? indexes.reverse() : indexes) {
      for (const [, nodes] of groups[index]!) {
        const pulls = new Map(nodes.map(({ id }) => [id, Math.round(pull(id) * 1e6)]))
        nodes.sort((a, b) => pulls.get(a.id)! - pulls.get(b.id)! || (a.id < b.id ? -1 : 1))
      }
      number(index)
    }
  }
  return groups
}

type Box = Omit<Placed, 'x' | 'y'>

function box(node: Shown): Box {
  const { width, free, lines: most } = SIZES[node.kind]
  const lines = wrap(node.name, (width - free) / TYPE, most)
  return { node, lines, width, height: Math.max(1, lines.length) * LINE + 12 }
}

/** All in columns of at most this height. */
function place(lanes: { kind: NodeKind; boxes: Box[] }[][], most: number): Layout {
  const made: Layout = { boxes: new Map(), headings: [], lane: new Map(), width: 0, height: 0 }
  const columns: { lane: number; height: number; put: (top: number) => void }[] = []
  let x = 0
  lanes.forEach((groups, lane) => {
    const limit = evenly(groups, most)
    const width = Math.max(...groups.map(({ kind }) => SIZES[kind].width))
    const middle = (): number => x + width / 2
    let column: ((top: number) => void)[] = []
    let y = 0
    const close = (): void => {
      const puts = column
      columns.push({ lane, height: y, put: top => puts.forEach(put => put(top)) })
      column = []
      x += width + GAPS.column
      y = 0
    }
    for (const { kind, boxes } of groups) {
      boxes.forEach((each, index) => {
        const heading = index === 0 ? GAPS.heading : 0
        if (y && y + heading + each.height > limit) close()
        const [atX, atY] = [middle(), y]
        if (heading) column.push(top => made.headings.push({ kind, x: atX, y: top + atY + heading / 2 }))
        column.push(top => made.boxes.set(each.node.id, { ...each, x: atX, y: top + atY + heading + each.height / 2 }))
        made.lane.set(each.node.id, lane)
        y += heading + each.height + GAPS.row
      })
    }
    close()
    x += GAPS.lane - GAPS.column
  })
  made.width = Math.max(0, x - GAPS.lane)
  made.height = Math.max(0, ...columns.map(({ height }) => height))
  const lane = (index: number): number => Math.max(...columns.filter(one => one.lane === index).map(one => one.height))
  for (const column of columns) column.put((made.height - lane(column.lane)) / 2)
  return made
}

/** A height that parts a lane into columns of much the same height, as few as fit into the greatest height. */
function evenly(groups: { boxes: Box[] }[], most: number): number {
  const all = groups.reduce((sum, { boxes }) => sum + GAPS.heading + boxes.reduce((sum, box) => sum + box.height + GAPS.row, 0), 0)
  const columns = Math.ceil(all / most)
  return columns > 1 ? Math.min(most, all / columns + LINE * 2) : most
}

/**
 * How far a line between two boxes of one lane is pulled to the right, as a curve from the right side of one to that of
 * the other, so that it does not pass behind others; 0 for a straight one, between lanes.
 */
export function bend(laid: Layout, source: string, target: string): number {
  if (laid.lane.get(source) !== laid.lane.get(target)) return 0
  const far = Math.abs(laid.boxes.get(target)!.y - laid.boxes.get(source)!.y)
  return Math.min(110, 30 + far * 0.2)
}

/** In the order in which kinds are listed. */
export function byKind(nodes: readonly Shown[]): [NodeKind, Shown[]][] {
  return KINDS.map((kind): [NodeKind, Shown[]] => [kind, nodes.filter(node => node.kind === kind)]).filter(([, some]) => some.length)
}
