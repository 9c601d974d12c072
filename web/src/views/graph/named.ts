import { useAnswer, type NoAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { GraphNamedQuery } from '../../generated/graphql'

const GraphNamed = graphql(`
  query GraphNamed($name: String!, $role: Boolean!, $skill: Boolean!, $department: Boolean!) {
    role(by: { name: $name }) @include(if: $role) {
      __typename
      ... on Role {
        id
      }
      ...ProblemParts
    }
    skill(by: { name: $name }) @include(if: $skill) {
      __typename
      ... on Skill {
        id
      }
      ...ProblemParts
    }
    department(by: { name: $name }) @include(if: $department) {
      __typename
      ... on Department {
        id
      }
      ...ProblemParts
    }
  }
`)

const KINDS_OF_NAMES = ['role', 'skill', 'department'] as const

type Found = NonNullable<GraphNamedQuery[(typeof KINDS_OF_NAMES)[number]]>

interface Named {
  kind: string
  /** Its id, once it is known. */
  node: string | null
  unknown: Exclude<Found, { id: string }> | null
  problem: NoAnswer | null
}

/** What ?role=NAME, ?skill=NAME or ?department=NAME of an address means: a name may be that of a role and of a skill. */
export function useNamed(query: URLSearchParams | null): Named | null {
  const kind = KINDS_OF_NAMES.find(each => query?.get(each))
  const asks = { role: kind === 'role', skill: kind === 'skill', department: kind === 'department' }
  const { answer, problem } = useAnswer(GraphNamed, kind ? { name: query!.get(kind)!, ...asks } : null)
  const found = kind && answer?.[kind]
  if (!kind) return null
  return { kind, node: found && 'id' in found ? found.id : null, unknown: found && !('id' in found) ? found : null, problem }
}
