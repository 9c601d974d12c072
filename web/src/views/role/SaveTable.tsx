import { useState } from 'preact/hooks'
import { csv, save } from '../../parts/save'
import { both } from '../../words'

const words = both({
  making: ['正在生成……', 'Being made …'],
  failed: ['文件无法生成，请重试。', 'The file could not be made. Try again.'],
})

interface SaveTableProps {
  /** The name of the file, without its ending. */
  name: string
  label: string
  /** All rows, the heads of the columns first. They may have to be asked for. */
  table: () => Promise<(string | number)[][]> | (string | number)[][]
}

/** A button that saves a table whole, also where the page shows the first of it. */
export function SaveTable({ name, label, table }: SaveTableProps) {
  const [state, tell] = useState<'making' | 'failed' | null>(null)
  async function saved(): Promise<void> {
    if (state === 'making') return
    tell('making')
    try {
      save(`${name}.csv`, csv(await table()), 'text/csv')
      tell(null)
    } catch {
      tell('failed')
    }
  }
  return (
    <p class="saves">
      <button type="button" aria-disabled={state === 'making'} onClick={() => void saved()}>
        {label}
      </button>
      <span role="status"> {state && words[state]}</span>
    </p>
  )
}
