import { useState } from 'preact/hooks'
import { href } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { both, percent, skillName } from '../../words'
import type { Comparison } from '../Compare'

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
              skill {
                id
                name
                nameEn
              }
            }
            b {
              skill {
                id
                name
                nameEn
              }
            }
          }
        }
      }
    }
  }
`)

const words = both({
  title: ['经由上位技能相关', 'Related through a broader skill'],
  pair: ['哪两个', 'Which two'],
  through: ['上位技能', 'Broader skill'],
  similarity: ['相似度', 'Similarity'],
  none: ['没有', 'None'],
  versus: [' 与 ', ' and '],
})

/** Skills that only one of two needs, beside those of the other that are nearest to them in the taxonomy. */
export function Related({ found, minShare }: { found: Comparison; minShare: number }) {
  const [chosen, choose] = useState(0)
  const pair = found.pairs[chosen] ?? found.pairs[0]
  const name = (id: string): string => found.subjects.find(({ subject }) => subject.id === id)!.subject.name
  const { answer } = useAnswer(RelatedSkills, pair ? { a: pair.a.id, b: pair.b.id, minShare } : null)
  const groups = answer?.sharedSkills.__typename === 'SharedSkills' ? answer.sharedSkills.related : null
  if (!pair) return null
  return (
    <section class="related">
      <h3>{words.title}</h3>
      {found.pairs.length > 1 && (
        <label>
          {words.pair}{' '}
          <select value={chosen} onChange={event => choose(Number(event.currentTarget.value))}>
            {found.pairs.map(({ a, b }, index) => (
              <option key={index} value={index}>
                {name(a.id) + words.versus + name(b.id)}
              </option>
            ))}
          </select>
        </label>
      )}
      {groups?.length === 0 && <p class="none">{words.none}</p>}
      {groups && groups.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={words.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.through}</th>
                <th scope="col">{name(pair.a.id)}</th>
                <th scope="col">{name(pair.b.id)}</th>
                <th scope="col">{words.similarity}</th>
              </tr>
            </thead>
            <tbody>
              {groups.flatMap(({ skill, pairs }) =>
                pairs.map(({ a, b, similarity }, index) => (
                  <tr key={`${skill.id} ${a.skill.id} ${b.skill.id}`}>
                    {index === 0 && (
                      <th scope="rowgroup" rowSpan={pairs.length}>
                        <a href={href('skill', [skill.id])}>{skillName(skill)}</a>
                      </th>
                    )}
                    <td>
                      <a href={href('skill', [a.skill.id])}>{skillName(a.skill)}</a>
                    </td>
                    <td>
                      <a href={href('skill', [b.skill.id])}>{skillName(b.skill)}</a>
                    </td>
                    <td class="figure">{percent(similarity)}</td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
