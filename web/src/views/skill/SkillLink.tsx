import { href } from '../../address'
import { skillName } from '../../words'

interface SkillLinkProps {
  skill: { id: string; name: string; nameEn?: string | null }
  chip?: boolean
}

/** A skill by its name, as a link to what there is of it. */
export function SkillLink({ skill, chip = false }: SkillLinkProps) {
  const name = skillName(skill)
  return (
    <a href={href('skill', [skill.id])} lang={name === skill.name ? 'zh-CN' : 'en'} class={chip ? 'chip' : undefined}>
      {name}
    </a>
  )
}
