import { href } from '../../address'
import { Need } from '../../parts/Need'
import { Saves } from '../../parts/Saves'
import { SkillLine } from '../../parts/SkillLine'
import { NECESSITIES } from '../../parts/terms'
import { both, number, percent, skillName } from '../../words'
import { Places } from './Places'
import type { Gap } from './questions'

const words = both({
  has: ['已具备', 'There'],
  partly: ['部分具备', 'There in part'],
  lacks: ['缺少', 'Lacking'],
  order: ['按学习次序', 'in an order to learn them'],
  none: ['没有', 'None'],
  via: [
    (via: string, share: string) => `通过 ${via}，相似度 ${share}`,
    (via: string, share: string) => `through ${via}, ${share} alike`,
  ],
  roles: [(n: number) => `${number(n)} 个岗位需要`, (n: number) => (n === 1 ? 'needed by 1 role' : `needed by ${number(n)} roles`)],
  applied: ['用于部门：', 'Applied in: '],
  others: [(n: number) => ` 等 ${number(n)} 个`, (n: number) => ` and others, ${number(n)} in all`],
  part: ['类别', 'part'],
  skill: ['技能', 'skill'],
  place: ['学习次序', 'learning order'],
  postings: ['招聘帖', 'postings'],
  of: ['共', 'of'],
  necessity: ['必须或优先', 'necessity'],
  through: ['通过', 'through'],
  similarity: ['相似度', 'similarity'],
  departments: ['应用部门', 'departments'],
})

type Line = Gap['has'][number] | Gap['partly'][number] | Gap['lacks'][number]

interface PartsProps {
  found: Gap
  minShare: number
  /** The id of the skill whose evidence is shown. */
  open: string | null
  /** What the file of the table is called. */
  name: string
}

/** What is there, what is there in part, and what is lacking. */
export function Parts({ found, minShare, open, name }: PartsProps) {
  const parts = [
    { part: 'has', sign: '✓', lines: found.has as Line[] },
    { part: 'partly', sign: '◐', lines: found.partly as Line[] },
    { part: 'lacks', sign: '✗', lines: found.lacks as Line[] },
  ] as const
  return (
    <>
      <div class="move-parts">
        {parts.map(({ part, sign, lines }) => {
          const List = part === 'lacks' ? 'ol' : 'ul'
          return (
            <section key={part} class={`move-${part}`} aria-label={words[part]}>
              <h3>
                <span aria-hidden="true">{sign}</span> {words[part]} <span class="count">{number(lines.length)}</span>
                {part === 'lacks' && lines.length > 1 && <small> {words.order}</small>}
              </h3>
              {lines.length === 0 && <p class="none">{words.none}</p>}
              <List class="skills">
                {lines.map(line => (
                  <SkillLine
                    key={line.skill.id}
                    skill={line.skill}
                    open={line.skill.id === open}
                    beside={<Beside line={line} all={found.postings} />}
                  >
                    <Places role={found.target} skill={line.skill.id} minShare={minShare} />
                    {found.start && part !== 'lacks' && (
                      <Places role={found.start} skill={'via' in line ? line.via.id : line.skill.id} minShare={minShare} />
                    )}
                  </SkillLine>
                ))}
              </List>
            </section>
          )
        })}
      </div>
      <Saves
        name={name}
        table={() => [
          [words.part, words.place, words.skill, 'id', words.postings, words.of, words.necessity, words.through, words.similarity, words.departments],
          ...parts.flatMap(({ part, lines }) =>
            lines.map((line, index) => [
              words[part],
              part === 'lacks' ? index + 1 : null,
              skillName(line.skill),
              line.skill.id,
              line.postings,
              found.postings,
              NECESSITIES[line.necessity],
              'via' in line ? skillName(line.via) : null,
              'via' in line ? percent(line.similarity) : null,
              applied(line),
            ]),
          ),
        ]}
      />
    </>
  )
}

/** The departments that apply a skill: the first few by name, and how many there are. */
function applied({ skill: { departments } }: Line): string {
  const names = departments.edges.map(({ node }) => node.name).join('、')
  return names + (departments.totalCount > departments.edges.length ? words.others(departments.totalCount) : '')
}

/** How often the target asks for a skill, through what it is there in part, and where it is applied. */
function Beside({ line, all }: { line: Line; all: number }) {
  const { edges, totalCount } = line.skill.departments
  return (
    <>
      <p class="of">
        <Need postings={line.postings} all={all} necessity={line.necessity} />
      </p>
      {'roles' in line && <p class="of">{words.roles(line.roles)}</p>}
      {'via' in line && <p class="of">{words.via(skillName(line.via), percent(line.similarity))}</p>}
      {edges.length > 0 && (
        <p class="of">
          {words.applied}
          {edges.map(({ node }, index) => (
            <span key={node.id} lang="zh-CN">
              {index > 0 && '、'}
              <a href={href('role', [node.id])}>{node.name}</a>
            </span>
          ))}
          {totalCount > edges.length && words.others(totalCount)}
        </p>
      )}
    </>
  )
}
