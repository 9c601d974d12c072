import { href } from '../../address'
import { graphql } from '../../generated'
import type { RoleDepartmentsQuery } from '../../generated/graphql'
import { both, number } from '../../words'
import { More } from './More'
import { usePages } from './pages'

const RoleDepartments = graphql(`
  query RoleDepartments($where: DepartmentWhere, $first: Int!, $after: String) {
    departments(where: $where, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          roles(first: 0) {
            totalCount
          }
          appliedSkills(first: 0) {
            totalCount
          }
        }
      }
    }
  }
`)

const words = both({
  title: ['部门', 'Departments'],
  roles: [(n: string) => `${n} 个岗位`, (n: string) => (n === '1' ? '1 role' : `${n} roles`)],
  skills: [(n: string) => `${n} 个技能`, (n: string) => (n === '1' ? '1 skill' : `${n} skills`)],
})

const departmentsOf = ({ departments }: RoleDepartmentsQuery) => departments

/** All departments, or those with a name like the one that the address asks for; nothing where there are none. */
export function Departments({ text }: { text: string | null }) {
  const pages = usePages(RoleDepartments, { where: { text } }, departmentsOf, 'departments')
  if (!pages.edges?.length) return null
  return (
    <section aria-labelledby="departments">
      <h2 id="departments">
        {words.title} <span class="count">{number(pages.total)}</span>
      </h2>
      <ul class="role-list">
        {pages.edges.map(({ node }) => (
          <li key={node.id}>
            <a href={href('role', [node.id])} lang="zh-CN">
              {node.name}
            </a>
            <small>
              {words.roles(number(node.roles.totalCount))} · {words.skills(number(node.appliedSkills.totalCount))}
            </small>
          </li>
        ))}
      </ul>
      <More pages={pages} of={words.title} />
    </section>
  )
}
