import { useState } from 'preact/hooks'
import { both } from '../words'
import { csv, png, save, svgText } from './save'

const words = both({
  svg: ['存为 SVG', 'Save SVG'],
  png: ['存为 PNG', 'Save PNG'],
  csv: ['存为 CSV', 'Save CSV'],
  making: ['正在生成……', 'Being made …'],
  failed: ['文件无法生成，请重试。', 'The file could not be made. Try again.'],
})

type Rows = readonly (readonly (string | number | null | undefined)[])[]

interface SavesProps {
  /** The name of the file, without its ending. */
  name: string
  /** The picture that can be saved, if there is one: an element of the page, or the text of an SVG document. */
  picture?: () => SVGSVGElement | string | null
  /** The table that can be saved, its first row the heads of its columns. */
  table?: () => Rows | Promise<Rows>
  /** What the button of the table is called, where a view has several. */
  label?: string
}

/** Buttons that save what is shown. */
export function Saves({ name, picture, table, label = words.csv }: SavesProps) {
  const [state, tell] = useState<'making' | 'failed' | null>(null)
  async function saved(ending: string, made: () => string | Promise<string | Blob>, type: string): Promise<void> {
    if (state === 'making') return
    tell('making')
    try {
      save(`${name}.${ending}`, await made(), type)
      tell(null)
    } catch {
      tell('failed')
    }
  }
  const drawn = (): string => {
    const shown = picture?.() ?? ''
    return typeof shown === 'string' ? shown : svgText(shown)
  }
  const button = (label: string, ending: string, made: () => string | Promise<string | Blob>, type: string) => (
    <button type="button" aria-disabled={state === 'making'} onClick={() => void saved(ending, made, type)}>
      {label}
    </button>
  )
  return (
    <p class="saves">
      {picture && button(words.svg, 'svg', drawn, 'image/svg+xml')}
      {picture && button(words.png, 'png', () => png(drawn()), 'image/png')}
      {table && button(label, 'csv', async () => csv(await table()), 'text/csv')}
      <span role="status">{state && words[state]}</span>
    </p>
  )
}
