// Where the boxes of the picture stand: rows of what is broader, the skill, rows of what is narrower.

export interface Box {
  key: string
  x: number
  y: number
  width: number
  height: number
  lines: string[]
  /** A line below the name, such as how many roles need it. */
  small: string
  kind: 'above' | 'self' | 'below' | 'rest' | 'related'
}

export const BOX = { width: 168, height: 62, gap: 16, row: 36 }

/** How wide a character is drawn, in ems, near enough. */
const wide = (character: string): number => (/[\u2e80-\uffef]/.test(character) ? 1 : /[A-ZMW]/.test(character) ? 0.68 : 0.54)

/** A name in at most two lines of so many ems, cut with … where it is longer. */
export function wrapped(name: string, ems: number): string[] {
  const lines = ['']
  let room = ems
  for (const part of name.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s?|\s/gu) ?? []) {
    const width = [...part].reduce((sum, each) => sum + wide(each), 0)
    if (width > room && lines[lines.length - 1]) {
      lines.push('')
      room = ems
    }
    lines[lines.length - 1] += part
    room -= width
  }
  const [first = '', ...rest] = lines.map(line => cut(line.trim(), ems))
  return rest.length > 1 ? [first, cut(`${rest[0]!}…`, ems, true)] : [first, ...rest]
}

/** A line that fits; with `open`, one that ends with … however it fits. */
function cut(line: string, ems: number, open = false): string {
  let room = ems - (open ? 0 : 0.01)
  let kept = ''
  for (const each of line) {
    room -= wide(each)
    if (room < 0) return `${kept.slice(0, -1).replace(/…$/, '')}…`
    kept += each
  }
  return kept
}

/** The left edges of a row of boxes in the middle of a picture. */
export function row(count: number, width: number): number[] {
  const taken = count * BOX.width + (count - 1) * BOX.gap
  return Array.from({ length: count }, (_, index) => (width - taken) / 2 + index * (BOX.width + BOX.gap))
}
