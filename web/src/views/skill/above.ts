// What stands above a skill in the taxonomy, up to the top concepts.
import { graphql } from '../../generated'
import type { SkillAboveQuery } from '../../generated/graphql'

export const NamedSkill = graphql(`
  fragment NamedSkill on Skill {
    id
    name
    nameEn
  }
`)

export const SkillAbove = graphql(`
  query SkillAbove($id: ID!) {
    skill(by: { id: $id }) {
      ... on Skill {
        ...NamedSkill
        broader(first: 4) {
          edges {
            node {
              ...NamedSkill
              broader(first: 4) {
                edges {
                  node {
                    ...NamedSkill
                    broader(first: 4) {
                      edges {
                        node {
                          ...NamedSkill
                          broader(first: 4) {
                            edges {
                              node {
                                ...NamedSkill
                                broader(first: 4) {
                                  edges {
                                    node {
                                      ...NamedSkill
                                      broader(first: 0) {
                                        totalCount
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
        related(first: 12) {
          totalCount
          edges {
            node {
              ...NamedSkill
            }
          }
        }
      }
    }
  }
`)

export interface Named {
  id: string
  name: string
  nameEn: string | null
}

/** A skill that stands `up` steps above, by the longest way, with the ids of those it stands right above. */
export interface Above extends Named {
  up: number
  below: Set<string>
}

/** `ways`: from a top concept, or what is known nearest to it (`cut`), down to the parent. */
export interface Upwards {
  ways: { steps: Named[]; cut: boolean }[]
  above: Above[]
  related: Named[]
}

interface Step extends Named {
  broader?: { edges?: { node: Step }[]; totalCount?: number }
}

export function upwards(answer: SkillAboveQuery): Upwards | null {
  if (!('id' in answer.skill)) return null
  const skill = answer.skill
  const above = new Map<string, Above>()
  const ways: Upwards['ways'] = []
  const climb = (step: Step, below: Named[]): void => {
    const next = step.broader?.edges ?? []
    const up = below.length
    if (up > 0) {
      const known = above.get(step.id) ?? { id: step.id, name: step.name, nameEn: step.nameEn, up, below: new Set() }
      known.up = Math.max(known.up, up)
      known.below.add(below[0]!.id)
      above.set(step.id, known)
    }
    if (next.length === 0 && up > 0) {
      ways.push({ steps: [step, ...below.slice(0, -1)], cut: Boolean(step.broader?.totalCount) })
    }
    for (const { node } of next) climb(node, [step, ...below])
  }
  climb(skill as Step, [])
  return { ways, above: [...above.values()], related: skill.related.edges.map(({ node }) => node) }
}
