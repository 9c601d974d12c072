import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { both } from '../../words'
import type { Drawing } from './draw'
import type { Layout } from './layout'
import { onTurn, palette } from './palette'
import type { Neighbourhood } from './picture'
import { toward } from './toward'

const words = both({
  label: [(name: string, n: number) => `图谱：${name}，${n} 个节点`, (name: string, n: number) => `Graph: ${name}, ${n} nodes`],
  hint: [
    '单击或用方向键选择，再按一次（或回车）展开、收起；Ctrl + 滚轮缩放。',
    'Click or use the arrow keys to choose; press again (or Enter) to open or close; Ctrl + wheel zooms.',
  ],
  zoom: ['缩放', 'Zoom'],
  nearer: ['放大', 'Zoom in'],
  farther: ['缩小', 'Zoom out'],
  all: ['全部', 'Show all'],
  failed: ['图片的脚本没有载入；下面的文字版内容相同。', 'The script of the picture was not loaded; the text below says the same.'],
})

interface CanvasProps {
  found: Neighbourhood
  laid: Layout
  opened: readonly string[]
  selected: string | null
  /** Is given what is chosen; null for nothing. What is chosen already is opened or closed by `onActivate`. */
  onSelect: (id: string | null) => void
  onActivate: (id: string) => void
}

const STEP = 1.3

/** The picture, for eyes, hands and keys; `Listed` says the same in text. */
export function Canvas({ found, laid, opened, selected, onSelect, onActivate }: CanvasProps) {
  const hint = useId()
  const place = useRef<HTMLDivElement>(null)
  const [drawing, put] = useState<Drawing | null>(null)
  const [failed, fail] = useState(false)
  const tapped = useRef((_: string | null) => {})
  tapped.current = id => (id !== null && id === selected ? onActivate(id) : onSelect(id))

  useEffect(() => {
    let ended = false
    let end = (): void => {}
    void import('./draw').then(
      ({ draw }) => {
        if (ended) return
        const drawn = draw(place.current!, id => tapped.current(id))
        const colour = (): void => drawn.colour(palette(place.current!))
        colour()
        const stop = onTurn(colour)
        end = () => (stop(), drawn.end())
        put(drawn)
      },
      () => fail(true),
    )
    return () => {
      ended = true
      end()
    }
  }, [])
  useEffect(() => {
    drawing?.show(found, laid, opened)
    drawing?.select(selected)
  }, [drawing, found, laid])
  useEffect(() => drawing?.select(selected), [selected])

  function pressed(event: KeyboardEvent): void {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    const at = selected ?? found.start.id
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (way) onSelect(selected ? (toward(laid, at, way[0]!, way[1]!) ?? at) : at)
    else if (event.key === 'Enter' || event.key === ' ') selected ? onActivate(selected) : onSelect(at)
    else if (event.key === 'Escape') onSelect(null)
    else if (event.key === '+' || event.key === '=') drawing?.zoom(STEP)
    else if (event.key === '-') drawing?.zoom(1 / STEP)
    else if (event.key === '0') drawing?.fit()
    else return
    event.preventDefault()
  }

  return (
    <div class="graph-picture">
      {/* Cytoscape would add a sheet of this name, which the policy of the page refuses; its one rule is in graph.css. */}
      <span id="__________cytoscape_stylesheet" hidden />
      <div
        class="graph-keys"
        role="application"
        tabIndex={0}
        aria-label={words.label(found.start.name, found.nodes.length)}
        aria-describedby={hint}
        onKeyDown={pressed}
      >
        <div ref={place} class="graph-canvas" />
      </div>
      <div class="graph-under">
        <p id={hint} class="graph-hint">
          {words.hint}
        </p>
        <div class="graph-zoom" role="group" aria-label={words.zoom}>
          <button type="button" aria-label={words.nearer} onClick={() => drawing?.zoom(STEP)}>
            +
          </button>
          <button type="button" aria-label={words.farther} onClick={() => drawing?.zoom(1 / STEP)}>
            −
          </button>
          <button type="button" onClick={() => drawing?.fit()}>
            {words.all}
          </button>
        </div>
      </div>
      {failed && <p role="alert">{words.failed}</p>}
    </div>
  )
}
