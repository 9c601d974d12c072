import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { ask } from '../ask'
import { graphql } from '../generated'
import type { FindKind, PickQuery } from '../generated/graphql'
import { both } from '../words'

const Pick = graphql(`
  query Pick($text: String!, $kinds: [FindKind!]!) {
    find(text: $text, kinds: $kinds, k: 8) {
      id
      kind
      label
      name
      status
      node {
        ... on Skill {
          nameEn
        }
      }
    }
  }
`)

export type Picked = PickQuery['find'][number]

const words = both({
  none: ['没有找到', 'Nothing found'],
  found: [(n: number) => `${n} 个建议`, (n: number) => (n === 1 ? '1 suggestion' : `${n} suggestions`)],
  hint: ['可输入汉字、拼音或首字母', 'Chinese, pinyin or initials'],
  ROLE: ['岗位', 'role'],
  SKILL: ['技能', 'skill'],
  DEPARTMENT: ['部门', 'department'],
  other: ['', ''],
})

const PAUSE_MS = 120

interface PickerProps {
  label: string
  kinds: FindKind[]
  /** Is given what was chosen, after which the box is empty again. */
  onPick: (picked: Picked) => void
  autofocus?: boolean
}

/**
 * A search box with suggestions: the combobox of the ARIA Authoring Practices. Enter takes the first suggestion, also
 * before it is shown, so that a name can be typed blindly.
 */
export function Picker({ label, kinds, onPick, autofocus = false }: PickerProps) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const [text, type] = useState('')
  const [found, show] = useState<Picked[] | null>(null)
  const [at, move] = useState(0)
  const timer = useRef(0)
  const asked = useRef<{ text: string; found: Promise<Picked[]> }>({ text: '', found: Promise.resolve([]) })

  useEffect(() => {
    if (autofocus) box.current?.focus() // the attribute of this name counts only while a page is loaded
  }, [])

  function look(text: string): Promise<Picked[]> {
    if (asked.current.text !== text) {
      asked.current = {
        text,
        found: ask(Pick, { text, kinds }).then(({ find }) => find, () => []),
      }
    }
    return asked.current.found
  }

  function typed(text: string): void {
    type(text)
    clearTimeout(timer.current)
    if (!text.trim()) return show(null)
    timer.current = window.setTimeout(async () => {
      const found = await look(text.trim())
      if (box.current?.value !== text) return
      show(found)
      move(0)
    }, PAUSE_MS)
  }

  function take(picked: Picked | undefined): void {
    if (!picked) return
    clearTimeout(timer.current)
    type('')
    show(null)
    onPick(picked)
  }

  async function pressed(event: KeyboardEvent): Promise<void> {
    if (event.isComposing) return // Enter and arrows belong to the input method
    if (event.key === 'Enter' && text.trim()) {
      event.preventDefault()
      const shown = found && asked.current.text === text.trim() ? found : await look(text.trim())
      if (shown.length) take(shown[found ? at : 0])
      else show([])
    } else if (event.key === 'Escape') {
      show(null)
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && found?.length) {
      event.preventDefault()
      move((at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length)
    }
  }

  const open = found !== null && found.length > 0
  return (
    <div class="picker">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={box}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open ? `${id}-${at}` : undefined}
        placeholder={words.hint}
        value={text}
        onInput={event => typed(event.currentTarget.value)}
        onKeyDown={event => void pressed(event)}
        onBlur={() => show(null)}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label} hidden={!open}>
        {found?.map((each, index) => (
          <li
            key={each.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={event => event.preventDefault()}
            onClick={() => take(each)}
          >
            {each.name ?? each.label}
            {each.label && each.label !== each.name && <small> {each.label}</small>}
            {kinds.length > 1 && <small> {words[each.kind as 'ROLE'] ?? words.other}</small>}
          </li>
        ))}
      </ul>
      <span class="hidden" role="status">
        {found && (found.length ? words.found(found.length) : words.none)}
      </span>
      {found?.length === 0 && <p class="none">{words.none}</p>}
    </div>
  )
}
