// What is asked of the duties and requirements that mention a skill, a page at a time.
import { graphql } from '../../generated'

export const Mentioned = graphql(`
  fragment Mentioned on SkillMention {
    startUtf16
    endUtf16
    necessity
  }
`)

export const ListedIn = graphql(`
  fragment ListedIn on RoleItemConnection {
    totalCount
    edges {
      node {
        id
        name
      }
      mentions(first: 1) {
        line
        heading
        posting {
          document {
            origin
          }
        }
      }
    }
  }
`)

export const OwnedBy = graphql(`
  fragment OwnedBy on DepartmentItemConnection {
    edges {
      node {
        id
        name
      }
      mentions(first: 1) {
        line
        heading
        posting {
          document {
            origin
          }
        }
      }
    }
  }
`)

export const SkillDuties = graphql(`
  query SkillDuties($id: ID!, $after: String) {
    skill(by: { id: $id }) {
      __typename
      ... on Skill {
        items: duties(first: 20, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            mentions {
              ...Mentioned
            }
            node {
              id
              text
              roles(first: 3) {
                ...ListedIn
              }
              owners(first: 3) {
                ...OwnedBy
              }
            }
          }
        }
      }
    }
  }
`)

export const SkillRequirements = graphql(`
  query SkillRequirements($id: ID!, $after: String) {
    skill(by: { id: $id }) {
      __typename
      ... on Skill {
        items: requirements(first: 20, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            mentions {
              ...Mentioned
            }
            node {
              id
              text
              roles(first: 3) {
                ...ListedIn
              }
            }
          }
        }
      }
    }
  }
`)
