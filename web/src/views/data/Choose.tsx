import { useEffect, useRef, useState } from 'preact/hooks'
import { both, number } from '../../words'
import { dropped, parts, picked, together, type Chosen } from './files'
import { send } from './loads'
import { size } from './sizes'

const words = both({
  drop: ['把文件或文件夹拖到此页，或者', 'Drop files or a folder on this page, or'],
  files: ['选择文件', 'Choose files'],
  folder: ['选择文件夹', 'Choose a folder'],
  kinds: [
    'TXT、Word（.docx）、PDF、HTML、Markdown、CSV、JSON Lines，以及装有它们的 ZIP。每份一般不超过 50 MB。',
    'TXT, Word (.docx), PDF, HTML, Markdown, CSV, JSON Lines, and ZIP files of these. As a rule at most 50 MB each.',
  ],
  replaces: ['同名的文档会被新的替换；重复载入不会改变什么。', 'A document takes the place of one with its name; to load one twice changes nothing.'],
  chosen: ['待载入的文件', 'Files to be loaded'],
  load: [
    (n: string, size: string) => `载入 ${n} 个文件（${size}）`,
    (n: string, size: string) => (n === '1' ? `Load 1 file (${size})` : `Load ${n} files (${size})`),
  ],
  parts: [(n: string) => `将分 ${n} 次发送。`, (n: string) => `They will be sent in ${n} parts.`],
  large: ['可能过大', 'may be too large'],
  take: [(name: string) => `不载入 ${name}`, (name: string) => `Leave out ${name}`],
  clear: ['全部不载入', 'Leave out all'],
  none: ['没有可载入的文件。', 'There is no file to load.'],
  rest: [(n: string) => `以及另外 ${n} 个`, (n: string) => `and ${n} more`],
})

const LARGE = 50_000_000
const SHOWN = 200

/** Files are chosen or dropped, looked over, and sent. */
export function Choose() {
  const [chosen, choose] = useState<readonly Chosen[]>([])
  const [over, hover] = useState(false)
  const [none, tell] = useState(false)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)

  function take(more: readonly Chosen[]): void {
    tell(!more.length)
    choose(before => together(before, more))
  }

  // All of the page takes them: who misses a box would else leave the page for the file.
  useEffect(() => {
    folder.current!.webkitdirectory = true
    const dragged = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      hover(event.type === 'dragover')
      if (event.type === 'drop') void dropped(event.dataTransfer).then(take, () => tell(true))
    }
    const kinds = ['dragover', 'dragleave', 'drop'] as const
    for (const kind of kinds) addEventListener(kind, dragged)
    return () => kinds.forEach(kind => removeEventListener(kind, dragged))
  }, [])

  const input = (box: typeof files) => (
    <input
      ref={box}
      type="file"
      multiple
      hidden
      onChange={({ currentTarget }) => {
        take(picked(currentTarget.files!))
        currentTarget.value = '' // so that the same file can be chosen again
      }}
    />
  )

  const bytes = chosen.reduce((sum, { file }) => sum + file.size, 0)
  const times = parts(chosen).length
  return (
    <>
      <div class={over ? 'drop over' : 'drop'}>
        <p>
          {words.drop}{' '}
          <button type="button" onClick={() => files.current?.click()}>
            {words.files}
          </button>{' '}
          <button type="button" onClick={() => folder.current?.click()}>
            {words.folder}
          </button>
          {input(files)}
          {input(folder)}
        </p>
        <p class="soft">
          {words.kinds} {words.replaces}
        </p>
      </div>
      <p role="status" class="tight">
        {none && words.none}
      </p>
      {chosen.length > 0 && (
        <section class="panel" aria-label={words.chosen}>
          <ul class="names">
            {chosen.slice(0, SHOWN).map(({ name, file }) => (
              <li key={name}>
                {name} <span class="count">{size(file.size)}</span>
                {file.size > LARGE && <small class="tag">{words.large}</small>}
                <button
                  type="button"
                  class="take"
                  aria-label={words.take(name)}
                  onClick={() => choose(chosen.filter(each => each.name !== name))}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
          {chosen.length > SHOWN && <p class="soft">{words.rest(number(chosen.length - SHOWN))}</p>}
          <p class="choices">
            <button
              type="button"
              class="main"
              onClick={() => {
                send(chosen)
                choose([])
              }}
            >
              {words.load(number(chosen.length), size(bytes))}
            </button>
            <button type="button" onClick={() => choose([])}>
              {words.clear}
            </button>
            {times > 1 && words.parts(number(times))}
          </p>
        </section>
      )}
    </>
  )
}
