interface Mark {
  /** Both in UTF-16 units; the end is not included. */
  start: number
  end: number
  of: string
}

/** A text with several words marked. Marks may overlap: the text is cut wherever one begins or ends. */
export function Marked({ text, marks }: { text: string; marks: Mark[] }) {
  const cuts = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter(at => at >= 0 && at <= text.length)
    .sort((a, b) => a - b)
  return (
    <>
      {cuts.slice(1).map((end, index) => {
        const start = cuts[index]!
        const names = [...new Set(marks.filter(mark => mark.start <= start && mark.end >= end).map(mark => mark.of))]
        const piece = text.slice(start, end)
        return names.length ? (
          <mark key={start} title={names.join('、')} class={names.length > 1 ? 'role-twice' : undefined}>
            {piece}
          </mark>
        ) : (
          piece
        )
      })}
    </>
  )
}
