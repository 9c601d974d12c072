import { graphql } from '../../generated'
import type { RoleSubjectQuery } from '../../generated/graphql'

/** What is known of a role or department at once. Long lists, of which only the number is asked, are read by their parts. */
export const RoleSubject = graphql(`
  query RoleSubject($role: String!) {
    skillProfile(role: $role, evidence: 0) {
      __typename
      ... on SkillProfile {
        postings
        subject {
          __typename
          id
          name
          altNames
          duties(first: 0) {
            totalCount
          }
          requirements(first: 0) {
            totalCount
          }
          postings(first: 0) {
            totalCount
          }
          skills(first: 500) {
            totalCount
            edges {
              cursor
              postings
              items
              necessity
              node {
                id
                name
                nameEn
                type
              }
            }
          }
          indicators(first: 50) {
            totalCount
            edges {
              node {
                id
                name
              }
              mentions(first: 2) {
                ...FactParts
              }
            }
          }
          ... on Role {
            described
            departments(first: 20) {
              ...FactDepartments
            }
            reportsTo(first: 20) {
              ...FactRoles
            }
            reportedToBy(first: 20) {
              ...FactRoles
            }
            leadsTo(first: 20) {
              ...FactRoles
            }
            ledToBy(first: 20) {
              ...FactRoles
            }
          }
          ... on Department {
            roles(first: 20) {
              ...FactRoles
            }
            partOf(first: 20) {
              ...FactDepartments
            }
            parts(first: 20) {
              ...FactDepartments
            }
            appliedSkills(first: 30) {
              totalCount
              edges {
                own
                involved
                node {
                  id
                  name
                  nameEn
                }
              }
            }
          }
        }
      }
      ...ProblemParts
    }
  }
`)

export const FactRoles = graphql(`
  fragment FactRoles on RoleFactConnection {
    totalCount
    edges {
      node {
        id
        name
      }
      mentions(first: 2) {
        ...FactParts
      }
    }
  }
`)

export const FactDepartments = graphql(`
  fragment FactDepartments on DepartmentFactConnection {
    totalCount
    edges {
      node {
        id
        name
      }
      mentions(first: 2) {
        ...FactParts
      }
    }
  }
`)

/** A role or department, and how many of its postings are counted: those that repeat another are not. */
export type Described = Extract<RoleSubjectQuery['skillProfile'], { __typename: 'SkillProfile' }>
