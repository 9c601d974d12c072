import { both } from '../words'
import type { Suggestion } from './suggest'

const words = both({
  together: ['一起选择', 'all of these'],
  named: ['只被提及，没有招聘帖', 'named only, no posting'],
  candidate: ['技能表外的说法', 'not in the taxonomy'],
  ROLE: ['岗位', 'role'],
  SKILL: ['技能', 'skill'],
  DEPARTMENT: ['部门', 'department'],
  DUTY: ['职责', 'duty'],
  REQUIREMENT: ['任职要求', 'requirement'],
  INDICATOR: ['指标', 'indicator'],
  other: ['', ''],
})

/** A suggestion of a search box; its kind is told where the box looks for several. */
export function Suggested({ all, kinds }: { all: Suggestion; kinds: number }) {
  const [one] = all
  if (!one || all.length > 1) {
    return (
      <>
        <span lang="zh-CN">{all.map(({ name, label }) => name ?? label).join(' + ')}</span> <small>{words.together}</small>
      </>
    )
  }
  const { name, label, content, kind, node, status } = one
  const english = 'nameEn' in node && node.nameEn !== label ? node.nameEn : null
  return (
    <>
      <span lang="zh-CN">{name ?? label ?? content}</span>
      {label && label !== name && <small> {label}</small>}
      {english && <small lang="en"> {english}</small>}
      {kinds > 1 && <small> {words[kind as 'ROLE'] ?? words.other}</small>}
      {'described' in node && node.described === false && <small class="tag">{words.named}</small>}
      {status === 'CANDIDATE' && <small class="tag">{words.candidate}</small>}
    </>
  )
}
