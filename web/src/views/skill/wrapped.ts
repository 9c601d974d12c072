/** How wide a character is drawn, in ems, near enough. */
function ems(character: string): number {
  if (/[\u2e80-\uffef]/.test(character)) return 1
  return /[A-ZMWmw@]/.test(character) ? 0.72 : 0.54
}

const width = (text: string): number => [...text].reduce((sum, each) => sum + ems(each), 0)

/** A name in at most two lines of so many ems, ending with … where it is longer. SVG breaks no lines itself. */
export function wrapped(name: string, room: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const part of name.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/gu) ?? []) {
    if (line && width((line + part).trimEnd()) > room) {
      lines.push(line.trim())
      line = ''
    }
    line += part
  }
  lines.push(line.trim())
  const [first = '', second, ...more] = lines
  const shown = second === undefined ? [first] : [first, more.length ? `${second}…` : second]
  return shown.map(each => fitted(each, room))
}

/** A line that is cut where it does not fit. */
function fitted(line: string, room: number): string {
  if (width(line) <= room) return line
  let kept = ''
  for (const each of line) {
    if (width(`${kept + each}…`) > room) break
    kept += each
  }
  return `${kept}…`
}
