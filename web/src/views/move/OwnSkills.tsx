import { useRef, useState } from 'preact/hooks'
import { go } from '../../address'
import { Picker } from '../../parts/Picker'
import { both, skillName } from '../../words'
import type { Named } from './answers'
import { isId, wordsIn } from './asked'

const words = both({
  own: ['我的技能', 'My skills'],
  add: ['添加技能', 'Add a skill'],
  words: ['或用自己的话写，几个之间用逗号', 'Or in your own words, commas between several'],
  put: ['添加', 'Add'],
  take: [(name: string) => `移除 ${name}`, (name: string) => `Remove ${name}`],
  hints: ['没有理解的说法', 'Words that were not understood'],
  unclear: [(text: string) => `没有理解“${text}”。`, (text: string) => `“${text}” was not understood. `],
  nearest: ['相近的技能：', 'Skills like it: '],
  none: ['没有相近的技能，可换一种说法。', 'No skill is like it; try other words.'],
})

interface OwnSkillsProps {
  skills: readonly string[]
  /** Also holds the words that were not understood, with the names nearest to them. */
  known: Map<string, Named>
  waiting: boolean
  href: (skills: string[]) => string
}

/** One's own skills: picked, or said in one's own words, of which some may not be understood. */
export function OwnSkills({ skills, known, waiting, href }: OwnSkillsProps) {
  const [text, type] = useState('')
  const whole = useRef<HTMLDivElement>(null)
  const add = (more: string[]): void => go(href([...new Set([...skills, ...more])]))
  const others = (taken: string): string[] => skills.filter(each => each !== taken)
  const unclear = skills.filter(each => known.get(each)?.nearest)
  const toPicker = (): void => whole.current?.querySelector<HTMLElement>('[role=combobox]')?.focus()
  return (
    <div ref={whole} role="group" aria-label={words.own}>
      <ul class="move-own">
        {skills.map(each => {
          const skill = known.get(each)
          const name = skill ? skillName(skill) : waiting && isId(each) ? '…' : each
          return (
            <li key={each} class={skill?.nearest ? 'chip move-unclear' : 'chip'}>
              <span lang={skill?.nameEn === name ? 'en' : 'zh-CN'}>
                {skill?.nearest && '? '}
                {name}
              </span>
              <a class="take" href={href(others(each))} aria-label={words.take(name)} onClick={toPicker}>
                ×
              </a>
            </li>
          )
        })}
      </ul>
      <div role="status" aria-label={words.hints}>
        {unclear.map(each => {
          const nearest = known.get(each)!.nearest!
          return (
            <p key={each} class="move-hint">
              {words.unclear(each)}
              {nearest.length ? words.nearest : words.none}
              {nearest.map(name => (
                <a key={name} class="chip" href={href([...others(each), name])}>
                  {name}
                </a>
              ))}
            </p>
          )
        })}
      </div>
      <Picker label={words.add} kinds={['SKILL']} autofocus={!skills.length} onPick={picked => {
        known.set(picked.id, { name: picked.name ?? picked.id, nameEn: 'nameEn' in picked.node ? picked.node.nameEn : null })
        add([picked.id])
      }} />
      <form
        class="move-words"
        onSubmit={event => {
          event.preventDefault()
          add(wordsIn(text))
          type('')
        }}
      >
        <label>
          {words.words}
          <input type="text" value={text} onInput={event => type(event.currentTarget.value)} />
        </label>
        <button type="submit">{words.put}</button>
      </form>
    </div>
  )
}
