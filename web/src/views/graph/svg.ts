// A picture as a file: written from the same places, so that it holds all of it, in reading size.
import type { NodeKind, Relation } from '../../generated/graphql'
import { DASHES, KINDS, kindNames, OUTLINES, relationNames, RELATIONS, strokeOf } from './kinds'
import { bend, LINE, TYPE, type Layout, type Placed } from './layout'
import type { Palette } from './palette'
import type { Neighbourhood } from './picture'

const MARGIN = 24
const LEGEND_ROW = 28

/** An SVG document that stands alone. Each box has the whole name as its title. */
export function svgOf(found: Neighbourhood, laid: Layout, colours: Palette, title: string): string {
  const keys = legend(found, colours, laid.width)
  const [width, height] = [laid.width + 2 * MARGIN, laid.height + keys.height + 3 * MARGIN]
  const edges = found.edges.map(edge => line(edge.relation, laid, edge.source, edge.target, colours, found))
  const headings = laid.headings.map(({ kind, x, y }) => text(kindNames[kind], x, y, `fill="${colours.soft}" font-weight="bold"`))
  const boxes = [...laid.boxes.values()].map(each => boxOf(each, colours, each.node.id === found.start.id))
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" font-family="${escape(colours.font)}" font-size="${TYPE}" text-anchor="middle">
<title>${escape(title)}</title>
<rect width="100%" height="100%" fill="${colours.ground}"/>
<g transform="translate(${MARGIN} ${MARGIN})">
${[...edges, ...headings, ...boxes].join('\n')}
</g>
<g transform="translate(${MARGIN} ${round(laid.height + 2 * MARGIN)})">
${keys.drawn}
</g>
</svg>
`
}

function boxOf({ node, lines, x, y, width, height }: Placed, colours: Palette, start: boolean): string {
  const top = y - ((lines.length - 1) * LINE) / 2
  const ink = `fill="${start ? colours.accentInk : colours.ink}"${start ? ' font-weight="bold"' : ''}`
  return `<g><title>${escape(node.name)}</title>${outline(node.kind, x, y, width, height, colours, start, node.candidate)}${lines
    .map((each, index) => text(each, x, top + index * LINE, ink))
    .join('')}</g>`
}

function outline(kind: NodeKind, x: number, y: number, width: number, height: number, colours: Palette, start = false, candidate = false): string {
  const paint = `fill="${start ? colours.accent : colours.fill[kind]}" stroke="${start ? colours.accent : colours.stroke[kind]}" stroke-width="1.5"${
    candidate ? ' stroke-dasharray="5 3"' : ''
  }`
  const form = OUTLINES[kind]
  if (typeof form === 'number') {
    const radius = form === 1 ? height / 2 : form && 8
    return `<rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}" rx="${round(radius)}" ${paint}/>`
  }
  const corners = form.map(([across, down]) => `${round(x + (across * width) / 2)},${round(y + (down * height) / 2)}`)
  return `<polygon points="${corners.join(' ')}" ${paint}/>`
}

function line(relation: Relation, laid: Layout, source: string, target: string, colours: Palette, found: Neighbourhood): string {
  const [from, to] = [laid.boxes.get(source)!, laid.boxes.get(target)!]
  const title = `${found.byId.get(source)!.name} → ${relationNames[relation]} → ${found.byId.get(target)!.name}`
  const pull = bend(laid, source, target)
  const side = ({ x, y, width }: Placed): Point => ({ x: pull ? x + width / 2 : x, y })
  const [begin, end] = [side(from), side(to)]
  const [dx, dy] = [end.x - begin.x, end.y - begin.y]
  const off = (pull * (dy < 0 ? -1 : 1)) / (Math.hypot(dx, dy) || 1)
  const over = { x: (begin.x + end.x) / 2 + dy * off, y: (begin.y + end.y) / 2 - dx * off }
  const way = `${point('M', begin)}${pull ? point('Q', over) + point(' ', end) : point('L', end)}`
  const head = pull ? arrow(over, { ...end, width: 0, height: 0 }) : arrow(begin, to)
  return `<g><title>${escape(title)}</title><path d="${way}" fill="none" stroke="${colours.edge}" stroke-opacity="0.55" stroke-width="1.2"${dashes(relation)}/><path d="${head}" fill="${colours.edge}"/></g>`
}

interface Point {
  x: number
  y: number
}

function point(letter: string, { x, y }: Point): string {
  return `${letter}${round(x)} ${round(y)}`
}

/** The head of an arrow where a line from a point meets the edge of a box, which may be a point. */
function arrow(from: Point, { x, y, width, height }: Point & { width: number; height: number }): string {
  const [dx, dy] = [x - from.x, y - from.y]
  const part = Math.min(1, width ? 1 / Math.max(Math.abs(dx) / (width / 2), Math.abs(dy) / (height / 2), 1e-6) : 0)
  const [tipX, tipY] = [x - dx * part, y - dy * part]
  const length = Math.hypot(dx, dy) || 1
  const [alongX, alongY] = [(dx / length) * 6, (dy / length) * 6]
  return `M${round(tipX)} ${round(tipY)}L${round(tipX - alongX - alongY / 2)} ${round(tipY - alongY + alongX / 2)}L${round(tipX - alongX + alongY / 2)} ${round(tipY - alongY - alongX / 2)}Z`
}

function dashes(relation: Relation): string {
  const pattern = DASHES[strokeOf(relation)]
  return pattern.length ? ` stroke-dasharray="${pattern.join(' ')}"` : ''
}

/** What the outlines and lines mean, of those that are there. */
function legend(found: Neighbourhood, colours: Palette, width: number): { drawn: string; height: number } {
  const kinds = KINDS.filter(kind => found.nodes.some(node => node.kind === kind))
  const relations = RELATIONS.filter(relation => found.edges.some(edge => edge.relation === relation))
  const entries = [
    ...kinds.map(kind => ({ mark: outline(kind, 18, 0, 32, 18, colours), name: kindNames[kind] })),
    ...relations.map(relation => ({
      mark: `<path d="M2 0H34" stroke="${colours.edge}" stroke-width="1.5"${dashes(relation)}/>`,
      name: relationNames[relation],
    })),
  ]
  const cell = 150
  const across = Math.max(1, Math.floor(width / cell))
  const drawn = entries.map(({ mark, name }, index) => {
    const [x, y] = [(index % across) * cell, Math.floor(index / across) * LEGEND_ROW]
    return `<g transform="translate(${x} ${y})">${mark}${text(name, 42, 0, `fill="${colours.ink}" text-anchor="start"`)}</g>`
  })
  return { drawn: drawn.join('\n'), height: Math.ceil(entries.length / across) * LEGEND_ROW }
}

function text(content: string, x: number, y: number, rest: string): string {
  return `<text x="${round(x)}" y="${round(y)}" dy="0.35em" ${rest}>${escape(content)}</text>`
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For a text or an attribute of XML, which has no characters of control. */
function escape(content: string): string {
  return content.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, mark => ENTITIES[mark]!)
}
