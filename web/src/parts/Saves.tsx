import { useState } from 'preact/hooks'
import { both } from '../words'
import { csv, png, save, svgText } from './save'

const words = both({
  svg: ['存为 SVG', 'Save SVG'],
  png: ['存为 PNG', 'Save PNG'],
  csv: ['存为 CSV', 'Save CSV'],
  failed: ['图片无法生成。', 'The picture could not be made.'],
})

interface SavesProps {
  /** The name of the file, without its ending. */
  name: string
  /** The picture that can be saved, if there is one: an element of the page, or the text of an SVG document. */
  picture?: () => SVGSVGElement | string | null
  /** The table that can be saved, its first row the heads of its columns. */
  table?: () => readonly (readonly (string | number | null | undefined)[])[]
}

/** Buttons that save what is shown. */
export function Saves({ name, picture, table }: SavesProps) {
  const [failed, fail] = useState(false)
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
          <button type="button" onClick={() => void png(drawn()).then(made => save(`${name}.png`, made), () => fail(true))}>
            {words.png}
          </button>
        </>
      )}
      {table && (
        <button type="button" onClick={() => save(`${name}.csv`, csv(table()), 'text/csv')}>
          {words.csv}
        </button>
      )}
      <span role="status">{failed && words.failed}</span>
    </p>
  )
}
