// Labels within boxes. The same lines are drawn on the screen and in a saved picture.

/** Of letters that stand beside Chinese ones, in parts of the size of the type. */
function widthOf(character: string): number {
  if (/[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/.test(character)) return 1
  if (/[A-Z@%&mwMW]/.test(character)) return 0.75
  return /[iljftr.,:;'|!()[\] ]/.test(character) ? 0.4 : 0.58
}

/** Marks that do not begin a line. */
const CLOSING = /[，。、；：？！）》”’％,.;:?!)\]]/

/** A label in at most so many lines of so many times the size of its type; what does not fit becomes …. */
export function wrap(label: string, width: number, most: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const part of label.replace(/\s+/g, ' ').match(/[A-Za-z0-9+#]+|[^A-Za-z0-9+#]/gu) ?? []) {
    for (const piece of measured(part) > width ? part : [part]) {
      if (used + measured(piece) > width && line && !(CLOSING.test(piece) && used < width + 0.5)) {
        if (lines.push(line.trim()) === most) return cut(lines, width)
        line = ''
        used = 0
      }
      line += piece
      used += measured(piece)
    }
  }
  if (line.trim()) lines.push(line.trim())
  return lines.length > most ? cut(lines.slice(0, most), width) : lines
}

function measured(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOf(character), 0)
}

function cut(lines: string[], width: number): string[] {
  const last = [...lines.at(-1)!]
  while (measured(last.join('')) + 1 > width) last.pop()
  return [...lines.slice(0, -1), `${last.join('')}…`]
}
