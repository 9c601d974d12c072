import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { both, percent } from '../words'

const words = both({
  label: ['至少占招聘帖的比例', 'Least share of the postings'],
  all: ['全部', 'all'],
  hint: ['调高后，少数招聘帖才提到的技能不计', 'Raise it to leave out skills that few postings ask for'],
  cut: ['少于此比例的招聘帖提到的技能不计', 'Skills that a smaller share asks for are left out'],
})

const PAUSE_MS = 150

/** The least share of an address, from 0 to 1; 0 where it states none, or none that is a share. */
export function minShareOf(query: URLSearchParams): number {
  const share = Number(query.get('minShare') ?? 0)
  return share >= 0 && share <= 1 ? share : 0
}

/** Chooses the least share of postings, from 0 to 1, that must ask for a skill. Rests a moment before it tells. */
export function ShareSlider({ value, onChange }: { value: number; onChange: (share: number) => void }) {
  const id = useId()
  const [moved, move] = useState(value)
  const timer = useRef(0)
  useEffect(() => move(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <p class="slider">
      <label for={id}>{words.label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={moved}
        aria-valuetext={moved ? percent(moved) : words.all}
        aria-describedby={`${id}-hint`}
        onInput={event => {
          const share = Number(event.currentTarget.value)
          move(share)
          clearTimeout(timer.current)
          timer.current = window.setTimeout(() => onChange(share), PAUSE_MS)
        }}
      />
      <output for={id}>{moved ? percent(moved) : words.all}</output>
      <small id={`${id}-hint`}>{moved ? words.cut : words.hint}</small>
    </p>
  )
}
