import { ask } from '../../ask'
import { Saves } from '../../parts/Saves'
import { NECESSITIES } from '../../parts/terms'
import { both, skillName } from '../../words'
import type { Found } from '../Skill'
import { postingsOf, SkillRoles } from './Roles'

const words = both({
  save: ['岗位存为 CSV', 'Save the roles as CSV'],
  head: [
    ['岗位', '岗位标识', '技能', '技能标识', '要求它的招聘帖', '全部招聘帖', '比例', '必须或优先'],
    ['role', 'role id', 'skill', 'skill id', 'postings that ask', 'postings', 'share', 'necessity'],
  ],
  file: [(name: string) => `需要${name}的岗位`, (name: string) => `roles that need ${name}`],
})

interface RolesTableProps {
  skill: Found
  narrower: boolean
  minShare: number
}

/** Saves all roles, a thousand at most, and not only those that are shown; so they are asked for. */
export function RolesTable({ skill, narrower, minShare }: RolesTableProps) {
  const table = async () => {
    const { rolesRequiring: found } = await ask(SkillRoles, { skill: skill.id, k: 1_000, narrower, minShare })
    if (found.__typename !== 'RolesRequiring') throw new Error(found.__typename)
    const rows = found.roles.flatMap(({ role, needs }) =>
      needs.map(need => [
        role.name,
        role.id,
        skillName(need.skill),
        need.skill.id,
        need.postings,
        postingsOf(need),
        Math.round(need.share * 1_000) / 1_000,
        NECESSITIES[need.necessity],
      ]),
    )
    return [words.head, ...rows]
  }
  return <Saves name={words.file(skillName(skill))} label={words.save} table={table} />
}
