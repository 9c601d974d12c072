// What the view asks. Skills bring the departments that apply them, at most three by name.
import { graphql } from '../../generated'
import type { MoveGapQuery } from '../../generated/graphql'

export const MoveSkill = graphql(`
  fragment MoveSkill on Skill {
    id
    name
    nameEn
    departments(first: 3) {
      totalCount
      edges {
        node {
          id
          name
        }
      }
    }
  }
`)

export const MoveGap = graphql(`
  query MoveGap($start: StartInput!, $target: String!, $held: HeldInput, $minShare: Float!) {
    skillGap(start: $start, target: $target, held: $held, minShare: $minShare, evidence: 2) {
      __typename
      ... on SkillGap {
        start {
          id
          name
        }
        own {
          id
          name
          nameEn
        }
        unresolved {
          words
          nearest
        }
        target {
          id
          name
        }
        postings
        known
        coverage
        has {
          postings
          necessity
          skill {
            ...MoveSkill
          }
        }
        partly {
          postings
          necessity
          skill {
            ...MoveSkill
          }
          via {
            id
            name
            nameEn
          }
          common {
            id
            name
            nameEn
          }
          similarity
        }
        lacks {
          postings
          necessity
          roles
          skill {
            ...MoveSkill
          }
        }
        conditions {
          topic
          status
          wanted
          years
          field
          postings
          preferred
          sources {
            item {
              id
            }
            text
            origin
            line
          }
        }
      }
      ...ProblemParts
    }
  }
`)

export type Gap = Extract<MoveGapQuery['skillGap'], { __typename: 'SkillGap' }>

/** What is known of a role alone: where documents say that it leads and from where, and which roles are like it. */
export const MoveAround = graphql(`
  query MoveAround($role: String!) {
    similarRoles(role: $role, k: 8) {
      __typename
      ... on SimilarRoles {
        subject {
          __typename
          id
          name
          ... on Role {
            leadsTo(first: 20) {
              edges {
                ...MoveStated
              }
            }
            ledToBy(first: 20) {
              edges {
                ...MoveStated
              }
            }
          }
        }
        roles {
          score
          inCommon
          role {
            id
            name
          }
        }
      }
      ...ProblemParts
    }
  }
`)

export const MoveStated = graphql(`
  fragment MoveStated on RoleFactEdge {
    node {
      id
      name
    }
    mentions(first: 2) {
      id
      words
      line
      posting {
        document {
          origin
        }
      }
    }
  }
`)

export const MoveMatches = graphql(`
  query MoveMatches($skills: [String!]!, $minShare: Float!) {
    matchRoles(skills: $skills, k: 8, minShare: $minShare) {
      __typename
      ... on RoleMatches {
        own {
          id
          name
          nameEn
        }
        unresolved {
          words
          nearest
        }
        roles {
          score
          inCommon
          role {
            id
            name
          }
        }
      }
      ...ProblemParts
    }
  }
`)
