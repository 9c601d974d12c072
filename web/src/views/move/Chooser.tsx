import { useRef } from 'preact/hooks'
import { go, href as addressOf, type Query } from '../../address'
import { Picker, type Picked } from '../../parts/Picker'
import { both } from '../../words'
import type { Named } from './answers'
import { isId, moveHref, type Asked } from './asked'
import { OwnSkills } from './OwnSkills'

const words = both({
  from: ['从哪里出发', 'Where to move from'],
  role: ['从一个岗位', 'From a role'],
  skills: ['从我的技能', 'From my skills'],
  start: ['出发岗位', 'Role of departure'],
  target: ['目标岗位', 'Target role'],
  take: [(name: string) => `移除 ${name}`, (name: string) => `Remove ${name}`],
  swap: ['交换方向', 'The other way round'],
  compare: ['对比两个岗位', 'Compare the two'],
})

interface ChooserProps {
  asked: Asked
  rest: Query
  known: Map<string, Named>
  waiting: boolean
  /** What stands for no role. */
  unknown: string | null
  /** Is told that a role was picked, before the address changes. */
  onPick: () => void
}

/** Chooses where to move from and to. */
export function Chooser({ asked, rest, known, waiting, unknown, onPick }: ChooserProps) {
  const { start, skills, target } = asked
  const put = (changed: Partial<Asked>): string => moveHref({ ...asked, ...changed }, rest)
  const took = useRef(false)
  // Who came here from another view is at its beginning, and stays there.
  const settled = !document.activeElement?.matches('main')
  const pick = ({ id, name }: Picked, changed: Partial<Asked>): void => {
    known.set(id, { name: name ?? id })
    onPick()
    go(put(changed))
  }
  return (
    <div class="move-chooser">
      <div class="move-side" role="group" aria-label={words.from}>
        <fieldset class="move-switch">
          <legend class="hidden">{words.from}</legend>
          {(['role', 'skills'] as const).map(each => (
            <label key={each}>
              <input
                type="radio"
                name="by"
                checked={(each === 'skills') === (skills !== null)}
                onChange={() => go(put(each === 'skills' ? { start: null, skills: [] } : { start: null, skills: null }))}
              />
              {words[each]}
            </label>
          ))}
        </fieldset>
        {skills && <OwnSkills skills={skills} known={known} waiting={waiting} href={skills => put({ skills })} />}
        {!skills && start && <Chosen label={words.start} id={start} unknown={unknown} known={known} waiting={waiting} href={put({ start: null })} />}
        {!skills && !start && (
          <Picker
            label={words.start}
            kinds={['ROLE', 'DEPARTMENT']}
            autofocus={settled}
            onPick={picked => pick(picked, { start: picked.id })}
          />
        )}
      </div>
      <div class="move-to" aria-hidden="true">
        →
      </div>
      <div class="move-side">
        {target ? (
          <Chosen label={words.target} id={target} unknown={unknown} known={known} waiting={waiting} href={put({ target: null })} onTake={() => (took.current = true)} />
        ) : (
          <Picker
            key={skills ? '' : start}
            label={words.target}
            kinds={['ROLE', 'DEPARTMENT']}
            autofocus={took.current || (settled && !skills && start !== null)}
            onPick={picked => pick(picked, { target: picked.id })}
          />
        )}
        {start && target && start !== target && (
          <p class="move-swap">
            <a href={put({ start: target, target: start })}>⇄ {words.swap}</a>
            {isId(start) && isId(target) && <a href={addressOf('compare', [start, target], { minShare: rest.minShare })}>{words.compare}</a>}
          </p>
        )}
      </div>
    </div>
  )
}

interface ChosenProps {
  label: string
  id: string
  known: Map<string, Named>
  waiting: boolean
  unknown: string | null
  href: string
  onTake?: () => void
}

function Chosen({ label, id, known, waiting, unknown, href, onTake }: ChosenProps) {
  const found = known.get(id)?.name
  const name = found ?? (waiting && isId(id) ? '…' : id)
  return (
    <div role="group" aria-label={label}>
      <div>{label}</div>
      <span class={id === unknown ? 'chip strange' : 'chip'}>
        {found && isId(id) ? (
          <a lang="zh-CN" href={addressOf('role', [id])}>
            {name}
          </a>
        ) : (
          <span lang="zh-CN">{name}</span>
        )}
        <a class="take" href={href} aria-label={words.take(name)} onClick={onTake}>
          ×
        </a>
      </span>
    </div>
  )
}
