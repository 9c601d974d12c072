import { useState } from 'preact/hooks'
import { both } from '../words'
import { csv, png, save, svgText } from './save'

const words = both({
  svg: ['存为 SVG', 'Save SVG'],
  png: ['存为 PNG', 'Save PNG'],
  csv: ['存为 CSV', 'Save CSV'],
  failed: ['文件无法生成。', 'The file could not be made.'],
})

type Rows = readonly (readonly (string | number | null | undefined)[])[]

interface SavesProps {
  /** The name of the file, without its ending. */
  name: string
  /** The picture that can be saved, if there is one: an element of the page, or the text of an SVG document. */
  picture?: () => SVGSVGElement | string | null
  /** The table that can be saved, its first row the heads of its columns. */
  table?: () => Rows | Promise<Rows>
}

/** Buttons that save what is shown. */
export function Saves({ name, picture, table }: SavesProps) {
  const [failed, fail] = useState(false)
  const saving = (made: Promise<void>): void => {
    fail(false)
    made.catch(() => fail(true))
  }
  const drawn = (): string => {
    const shown = picture?.() ?? ''
    return typeof shown === 'string' ? shown : svgText(shown)
  }
  return (
    <p class="saves">
      {picture && (
        <>
          <button type="button" onClick={() => save(`${name}.svg`, drawn(), 'image/svg+xml')}>
            {words.svg}
          </button>
          <button type="button" onClick={() => saving(png(drawn()).then(made => save(`${name}.png`, made)))}>
            {words.png}
          </button>
        </>
      )}
      {table && (
        <button
          type="button"
          onClick={() => saving(Promise.resolve(table()).then(rows => save(`${name}.csv`, csv(rows), 'text/csv')))}
        >
          {words.csv}
        </button>
      )}
      <span role="status">{failed && words.failed}</span>
    </p>
  )
}
