import { useAnswer } from '../ask'
import { graphql } from '../generated'
import { both } from '../words'

const BeginRoles = graphql(`
  query BeginRoles {
    roles(first: 8, orderBy: MOST) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`)

const words = both({ title: ['或从招聘帖最多的岗位开始', 'Or begin with a role that most postings describe'] })

/** Roles to begin with, for those who know none by name yet; `to` gives the address with one of them. */
export function Begin({ to }: { to: (id: string) => string }) {
  const { answer } = useAnswer(BeginRoles, {})
  const roles = answer?.roles.edges ?? []
  if (!roles.length) return null
  return (
    <section class="similar" aria-label={words.title}>
      <h2>{words.title}</h2>
      <ul>
        {roles.map(({ node }) => (
          <li key={node.id}>
            <a class="chip" href={to(node.id)} lang="zh-CN">
              {node.name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
