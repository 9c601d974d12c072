import type { ComponentChildren } from 'preact'
import { go, href, withQuery } from '../address'
import { both, skillName } from '../words'

const words = both({ more: ['查看此技能', 'About this skill'] })

interface SkillLineProps {
  skill: { id: string; name: string; nameEn?: string | null }
  open: boolean
  /** What stands beside the name, such as how many postings ask for the skill. */
  beside?: ComponentChildren
  /** What is shown while it is open: the evidence. */
  children: ComponentChildren
}

/** A skill of a list, which opens where it stands. The address tells which one is open: `?skill=skill:…`. */
export function SkillLine({ skill, open, beside, children }: SkillLineProps) {
  const toggle = (): void => go(withQuery({ skill: open ? null : skill.id }), { replace: true })
  return (
    <li class="skill">
      <button type="button" aria-expanded={open} onClick={toggle}>
        <span lang={skillName(skill) === skill.name ? 'zh-CN' : 'en'}>{skillName(skill)}</span>
      </button>
      {beside}
      {open && (
        <div class="opened">
          {children}
          <a href={href('skill', [skill.id])}>{words.more}</a>
        </div>
      )}
    </li>
  )
}
