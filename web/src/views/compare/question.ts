// What Compare asks the server, and the parts of the answer that its files share.
import { graphql } from '../../generated'
import type { CompareQuery } from '../../generated/graphql'
import { both } from '../../words'

export const CompareRoles = graphql(`
  query Compare($roles: [String!]!, $minShare: Float!) {
    compare(roles: $roles, minShare: $minShare, evidence: 0) {
      __typename
      ... on Comparison {
        subjects {
          postings
          subject {
            __typename
            id
            name
          }
        }
        skills {
          skill {
            id
            name
            nameEn
            type
          }
          needs {
            postings
            share
            items
            necessity
          }
        }
        pairs {
          a {
            id
          }
          b {
            id
          }
          measures {
            jaccard
            coverageA
            coverageB
            weightedJaccard
            weightedCoverageA
            weightedCoverageB
          }
        }
      }
    }
  }
`)

/** The sentences behind a comparison: of each skill as many places as `most`. */
export const Places = graphql(`
  query ComparePlaces($roles: [String!]!, $minShare: Float!, $most: Int!) {
    compare(roles: $roles, minShare: $minShare, evidence: $most) {
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

export type Comparison = Extract<CompareQuery['compare'], { __typename: 'Comparison' }>
export type Line = Comparison['skills'][number]

const words = both({
  shared: ['共有', 'Shared'],
  some: ['部分共有', 'Shared by some'],
  only: [(name: string) => `仅 ${name}`, (name: string) => `Only ${name}`],
})

export interface Column {
  key: string
  title: string
  lines: Line[]
}

/** The skills in columns: what all need, what some need where there are more than two, and what only one needs. */
export function columns(found: Comparison): Column[] {
  const count = (line: Line): number => line.needs.filter(Boolean).length
  const all = found.subjects.length
  return [
    { key: 'shared', title: words.shared, lines: found.skills.filter(line => count(line) === all) },
    ...(all > 2
      ? [{ key: 'some', title: words.some, lines: found.skills.filter(line => count(line) > 1 && count(line) < all) }]
      : []),
    ...found.subjects.map(({ subject }, index) => ({
      key: subject.id,
      title: words.only(subject.name),
      lines: found.skills.filter(line => count(line) === 1 && line.needs[index]),
    })),
  ]
}

/** How many skills one of those compared needs. */
export function skillsOf(found: Comparison, index: number): number {
  return found.skills.filter(line => line.needs[index]).length
}
