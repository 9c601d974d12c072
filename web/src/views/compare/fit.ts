// How much of a text there is room for in a picture, whose texts do not wrap.

const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]|\p{Extended_Pictographic}|[\u{20000}-\u{3ffff}]/u

/** About how wide a text is, in em, in any font: reckoned and not measured, so that a picture is the same everywhere. */
export function ems(text: string): number {
  let sum = 0
  for (const sign of text) sum += WIDE.test(sign) ? 1 : /[A-Z0-9mw@%&]/.test(sign) ? 0.66 : 0.52
  return sum
}

/** As much of a text as `room` em hold, with an ellipsis where that is not all. */
export function fitted(text: string, room: number): string {
  if (ems(text) <= room) return text
  let kept = ''
  for (const sign of text) {
    if (ems(kept + sign) > room - 1) break
    kept += sign
  }
  return `${kept.trimEnd()}…`
}

/** Names one after the other, as many as fit; `rest` tells how many do not. */
export function listed(names: readonly string[], room: number, between: string, rest: (n: number) => string): string {
  for (let shown = names.length; shown > 0; shown--) {
    const text = names.slice(0, shown).join(between) + (shown < names.length ? rest(names.length - shown) : '')
    if (ems(text) <= room) return text
  }
  return names.length ? fitted(names[0]! + (names.length > 1 ? rest(names.length - 1) : ''), room) : ''
}
