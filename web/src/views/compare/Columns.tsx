import { go, withQuery } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { Evidence } from '../../parts/Evidence'
import { Need } from '../../parts/Need'
import { Failed } from '../../parts/Problem'
import { Saves } from '../../parts/Saves'
import { SkillLine } from '../../parts/SkillLine'
import { both, number, skillName } from '../../words'
import type { Comparison } from '../Compare'

const Places = graphql(`
  query Places($roles: [String!]!, $minShare: Float!) {
    compare(roles: $roles, minShare: $minShare, evidence: 5) {
      __typename
      ... on Comparison {
        skills {
          skill {
            id
          }
          needs {
            evidence {
              ...EvidenceParts
            }
          }
        }
      }
    }
  }
`)

const words = both({
  shared: ['共有', 'Shared'],
  some: ['部分共有', 'Shared by some'],
  only: [(name: string) => `仅 ${name}`, (name: string) => `Only ${name}`],
  none: ['没有', 'None'],
  reading: ['查找出处……', 'Looking for the places …'],
  skill: ['技能', 'skill'],
  column: ['列', 'column'],
})

type Line = Comparison['skills'][number]

/** The skills in columns: what all share, what some share where there are more than two, and what only one needs. */
export function columns(found: Comparison): { title: string; lines: Line[] }[] {
  const count = (line: Line): number => line.needs.filter(Boolean).length
  const all = found.subjects.length
  return [
    { title: words.shared, lines: found.skills.filter(line => count(line) === all) },
    ...(all > 2 ? [{ title: words.some, lines: found.skills.filter(line => count(line) > 1 && count(line) < all) }] : []),
    ...found.subjects.map(({ subject }, index) => ({
      title: words.only(subject.name),
      lines: found.skills.filter(line => count(line) === 1 && line.needs[index]),
    })),
  ]
}

/** `open` is the id of the skill whose evidence is shown. */
export function Columns({ found, minShare, open }: { found: Comparison; minShare: number; open: string | null }) {
  const shown = columns(found)
  const names = found.subjects.map(({ subject }) => subject.name)
  return (
    <>
      <div class="columns">
        {shown.map(({ title, lines }) => (
          <section key={title} aria-label={title}>
            <h3>
              {title} <span class="count">{number(lines.length)}</span>
            </h3>
            {lines.length === 0 && <p class="none">{words.none}</p>}
            <ul class="skills">
              {lines.map(line => (
                <SkillLine
                  key={line.skill.id}
                  skill={line.skill}
                  open={line.skill.id === open}
                  onToggle={() => go(withQuery({ skill: line.skill.id === open ? null : line.skill.id }), { replace: true })}
                  beside={<Needs line={line} found={found} />}
                >
                  <Opened line={line} found={found} minShare={minShare} />
                </SkillLine>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Saves
        name={names.join(' - ')}
        table={() => [
          [words.column, words.skill, 'id', ...names],
          ...shown.flatMap(({ title, lines }) =>
            lines.map(({ skill, needs }) => [
              title,
              skillName(skill),
              skill.id,
              ...needs.map((need, index) => need && `${need.postings}/${found.subjects[index]!.postings}`),
            ]),
          ),
        ]}
      />
    </>
  )
}

/** How often each asks for a skill; with its name, where several do. */
function Needs({ line, found }: { line: Line; found: Comparison }) {
  const several = line.needs.filter(Boolean).length > 1
  return (
    <>
      {found.subjects.map(({ subject, postings }, index) => {
        const need = line.needs[index]
        return (
          need && (
            <p key={subject.id} class="of">
              {several && <span lang="zh-CN">{subject.name}: </span>}
              <Need postings={need.postings} all={postings} necessity={need.necessity} />
            </p>
          )
        )
      })}
    </>
  )
}

/** The sentences of each that ask for a skill. */
function Opened({ line, found, minShare }: { line: Line; found: Comparison; minShare: number }) {
  const roles = found.subjects.map(({ subject }) => subject.id)
  const { answer, problem } = useAnswer(Places, { roles, minShare })
  if (problem) return <Failed problem={problem} />
  if (answer?.compare.__typename !== 'Comparison') return <p role="status">{words.reading}</p>
  const needs = answer.compare.skills.find(({ skill }) => skill.id === line.skill.id)?.needs
  return (
    <>
      {found.subjects.map(({ subject }, index) => {
        const places = needs?.[index]?.evidence
        return (
          places && (
            <section key={subject.id}>
              <h4 lang="zh-CN">{subject.name}</h4>
              <Evidence places={places} />
            </section>
          )
        )
      })}
    </>
  )
}
