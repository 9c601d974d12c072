import { go, href, withQuery } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { RelatedSkillsQuery } from '../../generated/graphql'
import { Evidence } from '../../parts/Evidence'
import { Failed } from '../../parts/Problem'
import { both, number, percent, skillName } from '../../words'
import type { Comparison } from './question'

const RelatedSkills = graphql(`
  query RelatedSkills($a: String!, $b: String!, $minShare: Float!) {
    sharedSkills(a: $a, b: $b, minShare: $minShare, evidence: 0) {
      __typename
      ... on SharedSkills {
        related {
          skill {
            id
            name
            nameEn
          }
          pairs {
            similarity
            a {
              ...RelatedParts
            }
            b {
              ...RelatedParts
            }
          }
        }
      }
    }
  }
  fragment RelatedParts on NeededSkill {
    skill {
      id
      name
      nameEn
    }
  }
`)

const RelatedPlaces = graphql(`
  query RelatedPlaces($a: String!, $b: String!, $minShare: Float!) {
    sharedSkills(a: $a, b: $b, minShare: $minShare, evidence: 5) {
      __typename
      ... on SharedSkills {
        related {
          pairs {
            a {
              ...RelatedEvidence
            }
            b {
              ...RelatedEvidence
            }
          }
        }
      }
    }
  }
  fragment RelatedEvidence on NeededSkill {
    skill {
      id
      name
      nameEn
    }
    evidence {
      ...EvidenceParts
    }
  }
`)

const words = both({
  title: ['经由上位技能相关', 'Related through a broader skill'],
  about: [
    (a: string, b: string) => `不同但相近：左为 ${a} 的技能，右为 ${b} 中与它最近的技能。`,
    (a: string, b: string) => `Different, but close: on the left a skill of ${a}, on the right the nearest one of ${b}.`,
  ],
  pair: ['哪两个', 'Which two'],
  similarity: [(share: string) => `相似度 ${share}`, (share: string) => `${share} alike`],
  none: ['没有', 'None'],
  versus: [' 与 ', ' and '],
  reading: ['查找出处……', 'Looking for the places …'],
  of: [
    (role: string, skill: string) => `${role}：${skill}`,
    (role: string, skill: string) => `${role}: ${skill}`,
  ],
})

type Skills = Extract<RelatedSkillsQuery['sharedSkills'], { __typename: 'SharedSkills' }>['related']
type Pair = Skills[number]['pairs'][number]

const keyOf = ({ a, b }: { a: Pair['a']; b: Pair['b'] }): string => `${a.skill.id},${b.skill.id}`

/** Skills that only one of two needs, beside those of the other that are nearest to them in the taxonomy. */
export function Related({ found, minShare, query }: { found: Comparison; minShare: number; query: URLSearchParams }) {
  const names = new Map(found.subjects.map(({ subject }) => [subject.id, subject.name]))
  const idOf = ({ a, b }: { a: { id: string }; b: { id: string } }): string => `${a.id},${b.id}`
  const pair = found.pairs.find(each => idOf(each) === query.get('between')) ?? found.pairs[0]
  const asked = pair ? { a: pair.a.id, b: pair.b.id, minShare } : null
  const { answer, problem } = useAnswer(RelatedSkills, asked)
  const open = query.get('pair')
  const places = useAnswer(RelatedPlaces, open ? asked : null)
  if (!pair || !asked) return null
  const groups = answer?.sharedSkills.__typename === 'SharedSkills' ? answer.sharedSkills.related : null
  const [a, b] = [names.get(asked.a) ?? '', names.get(asked.b) ?? '']
  return (
    <section class="related" aria-label={words.title}>
      <h3>
        {words.title}{' '}
        {groups && <span class="count">{number(groups.reduce((sum, { pairs }) => sum + pairs.length, 0))}</span>}
      </h3>
      {found.pairs.length > 1 && (
        <label>
          {words.pair}{' '}
          <select
            value={idOf(pair)}
            onChange={event => go(withQuery({ between: event.currentTarget.value, pair: null }), { replace: true })}
          >
            {found.pairs.map(each => (
              <option key={idOf(each)} value={idOf(each)}>
                {names.get(each.a.id) + words.versus + names.get(each.b.id)}
              </option>
            ))}
          </select>
        </label>
      )}
      {problem && <Failed problem={problem} />}
      {groups?.length === 0 && <p class="none">{words.none}</p>}
      {groups && groups.length > 0 && <p class="soft">{words.about(a, b)}</p>}
      <ul class="meetings">
        {groups?.map(({ skill, pairs }) => (
          <li key={skill.id}>
            <h4>
              <a href={href('skill', [skill.id])}>{skillName(skill)}</a>
            </h4>
            <ul class="skills">
              {pairs.map(each => (
                <li key={keyOf(each)} class="skill">
                  <button
                    type="button"
                    aria-expanded={keyOf(each) === open}
                    onClick={() => go(withQuery({ pair: keyOf(each) === open ? null : keyOf(each) }), { replace: true })}
                  >
                    {skillName(each.a.skill)} ↔ {skillName(each.b.skill)}
                  </button>{' '}
                  <small>{words.similarity(percent(each.similarity))}</small>
                  {keyOf(each) === open && (
                    <div class="opened sides">
                      {places.problem && <Failed problem={places.problem} />}
                      {places.answer?.sharedSkills.__typename === 'SharedSkills' ? (
                        <Sides pairs={places.answer.sharedSkills.related.flatMap(({ pairs }) => pairs)} open={open} names={[a, b]} />
                      ) : (
                        <p role="status">{words.reading}</p>
                      )}
                    </div>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}

type Placed = Parameters<typeof Evidence>[0]['places']
type Side = Pair['a'] & { evidence: Placed }

/** The sentences of the one role for its skill, and of the other for its own. */
function Sides({ pairs, open, names }: { pairs: { a: Side; b: Side }[]; open: string; names: [string, string] }) {
  const pair = pairs.find(each => keyOf(each) === open)
  if (!pair) return null
  return (
    <>
      {[pair.a, pair.b].map(({ skill, evidence }, index) => (
        <section key={index}>
          <h5>
            <a href={href('skill', [skill.id])}>{words.of(names[index]!, skillName(skill))}</a>
          </h5>
          <Evidence places={evidence} />
        </section>
      ))}
    </>
  )
}
