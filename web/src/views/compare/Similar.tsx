import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { both, number } from '../../words'
import type { Subject } from './chosen'

const CompareSimilar = graphql(`
  query CompareSimilar($role: String!) {
    similarRoles(role: $role, k: 6) {
      __typename
      ... on SimilarRoles {
        roles {
          inCommon
          role {
            id
            name
          }
        }
      }
    }
  }
`)

const words = both({
  title: ['或与相近的岗位对比', 'Or compare it with a role like it'],
  common: [
    (n: string) => `${n} 个共有技能`,
    (n: string) => `${n} skills in common`,
  ],
})

/** Roles that need much the same, to go on with; `to` gives the address with one of them. */
export function Similar({ subject, to }: { subject: Subject; to: (id: string) => string }) {
  const { answer } = useAnswer(CompareSimilar, { role: subject.id })
  const roles = answer?.similarRoles.__typename === 'SimilarRoles' ? answer.similarRoles.roles : []
  if (!roles.length) return null
  return (
    <section class="similar">
      <h2>{words.title}</h2>
      <ul>
        {roles.map(({ role, inCommon }) => (
          <li key={role.id}>
            <a class="chip" href={to(role.id)}>
              <span lang="zh-CN">{role.name}</span>
              <small>{words.common(number(inCommon))}</small>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
