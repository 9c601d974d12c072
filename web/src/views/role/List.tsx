import { go, href, withQuery } from '../../address'
import { graphql } from '../../generated'
import type { Order, RoleListQuery } from '../../generated/graphql'
import { both, number } from '../../words'
import { Departments } from './Departments'
import { Filters, whereOf } from './Filters'
import { More, NOT_FOUND } from './More'
import { usePages } from './pages'

const RoleList = graphql(`
  query RoleList($where: RoleWhere, $orderBy: Order!, $first: Int!, $after: String) {
    roles(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          described
          postings(first: 0) {
            totalCount
          }
          skills(first: 0) {
            totalCount
          }
          departments(first: 2) {
            edges {
              node {
                id
                name
              }
            }
          }
        }
      }
    }
  }
`)

const words = both({
  title: ['全部岗位', 'All roles'],
  count: [(n: string) => `${n} 个岗位`, (n: string) => (n === '1' ? '1 role' : `${n} roles`)],
  none: ['没有符合条件的岗位。', 'No role is like that.'],
  postings: [(n: string) => `${n} 个招聘帖`, (n: string) => (n === '1' ? '1 posting' : `${n} postings`)],
  skills: [(n: string) => `${n} 个技能`, (n: string) => (n === '1' ? '1 skill' : `${n} skills`)],
  named: ['只被提到', 'only named'],
})

const rolesOf = ({ roles }: RoleListQuery) => roles

/** All roles, or those that the query of the address asks for. */
export function List({ query }: { query: URLSearchParams }) {
  const where = whereOf(query)
  const orderBy: Order = query.get('order') === 'most' ? 'MOST' : 'NAME'
  const pages = usePages(RoleList, { where, orderBy }, rolesOf, 'shown', 60)
  return (
    <>
      <section aria-labelledby="all">
        <h2 id="all">{words.title}</h2>
        <Filters query={query} onChange={changed => go(withQuery({ ...changed, shown: null }), { replace: true })} />
        <p role="status">
          {pages.total > 0 && words.count(number(pages.total))}
          {(pages.problem?.code === NOT_FOUND || (pages.edges && !pages.total)) && words.none}
        </p>
        <ul class={pages.waiting ? 'role-list stale' : 'role-list'} aria-busy={pages.waiting}>
          {pages.edges?.map(({ node }) => (
            <li key={node.id}>
              <a href={href('role', [node.id])} lang="zh-CN">
                {node.name}
              </a>
              <small>
                {node.described
                  ? `${words.postings(number(node.postings.totalCount))} · ${words.skills(number(node.skills.totalCount))}`
                  : words.named}
                <span lang="zh-CN">{node.departments.edges.map(({ node }) => ` · ${node.name}`)}</span>
              </small>
            </li>
          ))}
        </ul>
        <More pages={pages} of={words.title} />
      </section>
      {!where.department && !where.organization && !where.education && <Departments text={where.text ?? null} />}
    </>
  )
}
