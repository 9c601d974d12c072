// A comparison as a table: a row for each sentence that asks for a skill.
import type { ComparePlacesQuery } from '../../generated/graphql'
import { NECESSITIES, SKILL_TYPES } from '../../parts/terms'
import { both, percent, skillName } from '../../words'
import { columns, type Comparison } from './question'

const words = both({
  heads: [
    ['归类', '技能', '技能标识', '类型', '岗位', '招聘帖数', '全部招聘帖数', '占比', '要求', '句子', '原话', '文档', '行'],
    [
      'Column', 'Skill', 'Skill id', 'Type', 'Role', 'Postings', 'Of postings', 'Share', 'Necessity', 'Sentence', 'Words',
      'Document', 'Line',
    ],
  ],
})

type Skills = Extract<ComparePlacesQuery['compare'], { __typename: 'Comparison' }>['skills']
type Cell = string | number

/** Counts stand in cells of their own: spreadsheets take 3/12 for a day of March. */
export function tableOf(found: Comparison, places: Skills): Cell[][] {
  const needs = new Map(places.map(({ skill, needs }) => [skill.id, needs]))
  const rows: Cell[][] = [[...words.heads]]
  for (const { title, lines } of columns(found)) {
    for (const line of lines) {
      found.subjects.forEach(({ subject, postings }, index) => {
        const need = line.needs[index]
        if (!need) return
        const first = [title, skillName(line.skill), line.skill.id, SKILL_TYPES[line.skill.type], subject.name, need.postings, postings]
        const said = [percent(need.share), NECESSITIES[need.necessity]]
        const sentences = needs.get(line.skill.id)?.[index]?.evidence ?? []
        for (const { text, startUtf16, endUtf16, origin, line: at } of sentences) {
          rows.push([...first, ...said, text, text.slice(startUtf16, endUtf16), origin, at])
        }
        if (!sentences.length) rows.push([...first, ...said, '', '', '', ''])
      })
    }
  }
  return rows
}
