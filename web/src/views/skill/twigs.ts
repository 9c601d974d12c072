// The skills right below one, each with how many roles need it or what is below it.
import { graphql } from '../../generated'
import type { SkillBelowQuery } from '../../generated/graphql'

export const SkillBelow = graphql(`
  query SkillBelow($root: String!) {
    taxonomy(root: $root, depth: 1) {
      __typename
      ... on Taxonomy {
        branches {
          roles
          narrower {
            roles
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
`)

type Branch = Extract<SkillBelowQuery['taxonomy'], { __typename: 'Taxonomy' }>['branches'][number]
export type Twig = Branch['narrower'][number]

/** Those that more roles need first; the schema gives them by id. */
export function byRoles<T extends { roles: number; skill: { id: string } }>(twigs: readonly T[]): T[] {
  return [...twigs].sort((a, b) => b.roles - a.roles || (a.skill.id < b.skill.id ? -1 : 1))
}
