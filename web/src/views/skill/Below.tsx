import { useId, useState } from 'preact/hooks'
import { useAnswer } from '../../ask'
import { Failed } from '../../parts/Problem'
import { both, number } from '../../words'
import { useLengthened } from './lengthen'
import { SkillLink } from './SkillLink'
import { byRoles, SkillBelow, type Twig } from './twigs'

const words = both({
  roles: [(n: string) => `${n} 个岗位`, (n: string) => (n === '1' ? '1 role' : `${n} roles`)],
  all: [(n: string) => `显示全部 ${n} 个`, (n: string) => `Show all ${n}`],
  none: ['没有', 'None'],
  reading: ['查找中……', 'Looking …'],
})

const FEW = 20

interface BelowProps {
  title: string
  /** Known skills, or the skill below which to look for them once it is opened. */
  twigs?: Twig[]
  root?: string
  /** The id of one that is left out. */
  but?: string
  open?: boolean
}

/** A list of skills that stand below one, which opens and closes; each with how many roles need it. */
export function Below({ title, twigs, root, but, open: first = false }: BelowProps) {
  const id = useId()
  const [open, turn] = useState(first)
  const [all, show] = useState(false)
  const { answer, problem } = useAnswer(SkillBelow, open && root ? { root } : null)
  const asked = answer?.taxonomy.__typename === 'Taxonomy' ? answer.taxonomy.branches[0]?.narrower : undefined
  const listed = twigs ?? (asked && byRoles(asked).filter(({ skill }) => skill.id !== but))
  const shown = (all ? listed : listed?.slice(0, FEW)) ?? []
  const { list, told } = useLengthened<HTMLUListElement>(shown.length)
  return (
    <>
      <h3>
        <button type="button" class="skill-fold" aria-expanded={open} aria-controls={id} onClick={() => turn(!open)}>
          {title}
        </button>{' '}
        {listed && <span class="count">{number(listed.length)}</span>}
      </h3>
      <div id={id} hidden={!open}>
        {problem && <Failed problem={problem} />}
        {open && !listed && !problem && <p role="status">{words.reading}</p>}
        {listed?.length === 0 && <p class="none">{words.none}</p>}
        <ul class="skill-list" ref={list}>
          {shown.map(({ skill, roles }) => (
            <li key={skill.id}>
              <SkillLink skill={skill} /> <small>{words.roles(number(roles))}</small>
            </li>
          ))}
        </ul>
        {listed && listed.length > FEW && !all && (
          <button type="button" onClick={() => (told(), show(true))}>
            {words.all(number(listed.length))}
          </button>
        )}
      </div>
    </>
  )
}
