import { useEffect, useRef, useState } from 'preact/hooks'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { SkillType } from '../../generated/graphql'
import { Evidence } from '../../parts/Evidence'
import { Need } from '../../parts/Need'
import { Failed } from '../../parts/Problem'
import { Saves } from '../../parts/Saves'
import { SkillLine } from '../../parts/SkillLine'
import { NECESSITIES } from '../../parts/terms'
import { both, number, skillName } from '../../words'
import type { Described } from './subject'
import { grouped } from './grouped'
import { Part } from './Part'
import { titles } from './titles'

const RoleSkillPlaces = graphql(`
  query RoleSkillPlaces($id: ID!, $after: String) {
    node(id: $id) {
      ... on Subject {
        skills(first: 1, after: $after) {
          edges {
            node {
              id
            }
            evidence(first: 10) {
              ...EvidenceParts
            }
          }
        }
      }
    }
  }
`)

const words = both({
  KNOWLEDGE: ['知识', 'Knowledge'],
  SKILL: ['技能', 'Skills'],
  TOOL: ['工具', 'Tools'],
  TRAIT: ['素质', 'Traits'],
  all: [(n: string) => `显示全部 ${n} 个`, (n: string) => `Show all ${n}`],
  first: [(n: string) => `这里是要求最多的 ${n} 个。`, (n: string) => `These are the ${n} most asked for.`],
  reading: ['查找出处……', 'Looking for the places …'],
  save: ['技能存为 CSV', 'Save skills as CSV'],
  head: [
    ['类型', '技能', 'id', '招聘帖', '招聘帖总数', '条目', '优先'],
    ['type', 'skill', 'id', 'postings', 'of postings', 'items', 'preferred'],
  ],
})

const TYPES: SkillType[] = ['SKILL', 'KNOWLEDGE', 'TOOL', 'TRAIT']
const FIRST = 30

type Line = Described['subject']['skills']['edges'][number]

/** The skills of a role by type, the most asked for first. `open` is the id of the one whose evidence is shown. */
export function Skills({ found, open }: { found: Described; open: string | null }) {
  const { subject, postings } = found
  const { edges, totalCount } = subject.skills
  const types = grouped(edges, ({ node }) => node.type)
  return (
    <Part id="skills" title={titles.skills} count={totalCount}>
      {totalCount > edges.length && <p>{words.first(number(edges.length))}</p>}
      {TYPES.map(type => {
        const lines = types.get(type)
        return lines && <Type key={type} type={type} lines={lines} found={found} open={open} />
      })}
      <Saves
        name={`${subject.name} - ${titles.skills}`}
        label={words.save}
        table={() => [
          [...words.head],
          ...TYPES.flatMap(type =>
            (types.get(type) ?? []).map(line => [
              words[type],
              skillName(line.node),
              line.node.id,
              line.postings,
              postings,
              line.items,
              line.necessity === 'PREFERRED' ? NECESSITIES.PREFERRED : '',
            ]),
          ),
        ]}
      />
    </Part>
  )
}

interface TypeProps {
  type: SkillType
  lines: Line[]
  found: Described
  open: string | null
}

function Type({ type, lines, found, open }: TypeProps) {
  const [whole, show] = useState(() => lines.findIndex(({ node }) => node.id === open) >= FIRST)
  const list = useRef<HTMLUListElement>(null)
  const pressed = useRef(false)
  useEffect(() => {
    if (pressed.current) list.current?.children[FIRST]?.querySelector('button')?.focus()
  }, [whole])
  const shown = whole ? lines : lines.slice(0, FIRST)
  return (
    <section class="role-group" aria-label={words[type]}>
      {(type !== 'SKILL' || lines.length < found.subject.skills.edges.length) && (
        <h3>
          {words[type]} <span class="count">{number(lines.length)}</span>
        </h3>
      )}
      <ul ref={list} class="skills role-skills">
        {shown.map(({ node, postings, necessity }) => (
          <SkillLine
            key={node.id}
            skill={node}
            open={node.id === open}
            beside={
              <>
                <p class="of">
                  <Need postings={postings} all={found.postings} necessity={necessity} />
                </p>
                <span class="role-paper" aria-hidden="true">
                  {found.postings > 1 && ` ${postings}/${found.postings}`}
                  {necessity === 'PREFERRED' && ` ${NECESSITIES.PREFERRED}`}
                </span>
              </>
            }
          >
            <Places found={found} skill={node.id} />
          </SkillLine>
        ))}
      </ul>
      {shown.length < lines.length && (
        <p class="role-more">
          <button type="button" onClick={() => ((pressed.current = true), show(true))}>
            {words.all(number(lines.length))}
          </button>
        </p>
      )}
    </section>
  )
}

/** Where a skill is asked for. It is asked of the list of skills, after the one before: so nothing else is read. */
function Places({ found, skill }: { found: Described; skill: string }) {
  const { edges } = found.subject.skills
  const after = edges[edges.findIndex(({ node }) => node.id === skill) - 1]?.cursor ?? null
  const { answer, problem } = useAnswer(RoleSkillPlaces, { id: found.subject.id, after })
  const node = answer?.node
  const line = node && 'skills' in node ? node.skills.edges[0] : null
  if (problem) return <Failed problem={problem} />
  if (line?.node.id !== skill) return <p role="status">{words.reading}</p>
  return <Evidence places={line.evidence} />
}
