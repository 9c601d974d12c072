import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { NoAnswer } from '../ask'
import type { FindKind } from '../generated/graphql'
import { both } from '../words'
import { Failed } from './Problem'
import { suggestions, type Picked, type Suggestion } from './suggest'
import { Suggested } from './Suggested'

export type { Picked } from './suggest'

const words = both({
  none: [
    (text: string) => `没有名称近似“${text}”的内容`,
    (text: string) => `Nothing has a name like “${text}”`,
  ],
  found: [
    (n: number) => `${n} 个建议，上下键选择，回车确定`,
    (n: number) => `${n} ${n === 1 ? 'suggestion' : 'suggestions'}: arrow keys choose, Enter takes one`,
  ],
  looking: ['查找中……', 'Looking …'],
  hint: ['可输入汉字、拼音或首字母', 'Chinese, pinyin or initials'],
})

const PAUSE_MS = 120

interface PickerProps {
  label: string
  kinds: FindKind[]
  /** Is given what was chosen, after which the box is empty again. */
  onPick: (picked: Picked) => void
  /** Is given what several names in one text stand for, as in 运营策划 和 数据分析; without it, such texts are one name. */
  onPickSeveral?: (picked: readonly Picked[]) => void
  autofocus?: boolean
}

/**
 * A search box with suggestions: the combobox of the ARIA Authoring Practices. Enter takes the first suggestion, also
 * before it is shown, so that a name can be typed blindly.
 */
export function Picker({ label, kinds, onPick, onPickSeveral, autofocus = false }: PickerProps) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const [text, type] = useState('')
  const [found, show] = useState<Suggestion[] | null>(null)
  const [at, move] = useState(0)
  const [waiting, wait] = useState(false)
  const [problem, fail] = useState<NoAnswer | null>(null)
  const timer = useRef(0)
  /** Grows with whatever makes an answer that is still to come unwanted: more typing, Escape, another place. */
  const turn = useRef(0)
  const asked = useRef<{ text: string; found: Promise<Suggestion[]> } | null>(null)

  useEffect(() => {
    // The attribute of this name counts only while a page is loaded. Who was led to another view is told of that first.
    if (autofocus && document.activeElement?.tagName !== 'MAIN') box.current?.focus()
    return () => {
      turn.current++
      clearTimeout(timer.current)
    }
  }, [])
  useEffect(() => list.current?.children[at]?.scrollIntoView?.({ block: 'nearest' }), [at])

  /** The suggestions for a text, asked for once; null where they are no longer wanted or do not come. */
  async function look(text: string): Promise<Suggestion[] | null> {
    const mine = ++turn.current
    if (asked.current?.text !== text) asked.current = { text, found: suggestions(text, kinds, onPickSeveral !== undefined) }
    try {
      const found = await asked.current.found
      if (mine !== turn.current) return null
      fail(null)
      return found
    } catch (error) {
      asked.current = null
      if (mine !== turn.current) return null
      wait(false)
      fail(error instanceof NoAnswer ? error : new NoAnswer('', String(error)))
      return null
    }
  }

  function close(): void {
    turn.current++
    clearTimeout(timer.current)
    wait(false)
    show(null)
  }

  /** Suggests once the typing rests. What an input method is still composing is no text yet. */
  function typed(text: string, composing: boolean): void {
    type(text)
    turn.current++
    clearTimeout(timer.current)
    wait(false)
    if (composing) return
    if (!text.trim()) return close()
    timer.current = window.setTimeout(async () => {
      const found = await look(text.trim())
      if (!found) return
      show(found)
      move(0)
    }, PAUSE_MS)
  }

  function take(picked: Suggestion): void {
    close()
    type('')
    if (picked.length > 1) onPickSeveral?.(picked)
    else if (picked[0]) onPick(picked[0])
  }

  async function enter(wanted: string): Promise<void> {
    if (found?.length && asked.current?.text === wanted) return take(found[at]!)
    clearTimeout(timer.current)
    wait(true)
    const now = await look(wanted)
    if (!now) return
    wait(false)
    if (now[0]) take(now[0])
    else show(now)
  }

  function pressed(event: KeyboardEvent): void {
    // Enter, Escape and arrows belong to the input method; Safari tells the key that ends it by 229 alone.
    if (event.isComposing || event.keyCode === 229) return
    const wanted = text.trim()
    if (event.key === 'Enter' && wanted) {
      event.preventDefault()
      if (!waiting) void enter(wanted)
    } else if (event.key === 'Escape' && (found || text)) {
      event.preventDefault()
      if (!found) type('')
      close()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!found && wanted) typed(text, false)
      if (!found?.length) return
      event.preventDefault()
      move((at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length)
    }
  }

  /** Lines and cells that are pasted would run into each other in a box of one line. */
  function pasted(event: ClipboardEvent): void {
    const lines = event.clipboardData?.getData('text/plain').trim() ?? ''
    if (!/[\r\n\t]/.test(lines) || !box.current) return
    event.preventDefault()
    const { selectionStart, selectionEnd } = box.current
    box.current.setRangeText(lines.replace(/\s*[\r\n\t]+\s*/g, '、'), selectionStart ?? 0, selectionEnd ?? 0, 'end')
    typed(box.current.value, false)
  }

  const open = found !== null && found.length > 0
  const told = waiting ? words.looking : found && (open ? words.found(found.length) : words.none(text.trim()))
  return (
    <div class="picker">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={box}
        type="text"
        role="combobox"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="search"
        maxLength={200}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open ? `${id}-${at}` : undefined}
        placeholder={words.hint}
        value={text}
        onInput={event => typed(event.currentTarget.value, event.isComposing)}
        onCompositionEnd={event => typed(event.currentTarget.value, false)}
        onPaste={pasted}
        onKeyDown={pressed}
        onBlur={close}
      />
      <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label} hidden={!open}>
        {found?.map((each, index) => (
          <li
            key={each.map(({ id }) => id).join(' ')}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={event => event.preventDefault()}
            onClick={() => take(each)}
          >
            <Suggested all={each} kinds={kinds.length} />
          </li>
        ))}
      </ul>
      <p class={told && !open ? 'told' : 'hidden'} role="status">
        {told}
      </p>
      {problem && <Failed problem={problem} />}
    </div>
  )
}
