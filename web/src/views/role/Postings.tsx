import { graphql } from '../../generated'
import type { RolePostingsQuery } from '../../generated/graphql'
import { Notes } from '../../parts/Notes'
import { both } from '../../words'
import { More } from './More'
import { byPlace, SIZE, usePages } from './pages'
import { Part } from './Part'
import { titles } from './titles'

const RolePostings = graphql(`
  query RolePostings($id: ID!, $first: Int!, $after: String) {
    node(id: $id) {
      ... on Subject {
        postings(first: $first, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              title
              organization
              place
              number
              repeats {
                title
                document {
                  origin
                }
              }
              document {
                origin
                notes {
                  code
                  message
                }
              }
            }
          }
        }
      }
    }
  }
`)

const words = both({
  posting: ['标题', 'Title'],
  organization: ['单位', 'Organization'],
  place: ['地点', 'Place'],
  document: ['文档', 'Document'],
  number: [(n: number) => `第 ${n} 个`, (n: number) => `no. ${n} in it`],
  notes: ['说明', 'Notes'],
  repeats: [(origin: string) => `与 ${origin} 重复，不重复计数`, (origin: string) => `repeats ${origin}, and is not counted`],
})

const postingsOf = ({ node }: RolePostingsQuery) => (node && 'postings' in node ? node.postings : null)

/** The postings that describe a role or department, and the documents they stand in. */
export function Postings({ id, count }: { id: string; count: number }) {
  const pages = usePages(RolePostings, { id }, postingsOf, 'postings')
  const all = pages.edges && !pages.more && pages.edges.length <= SIZE
  const edges = all
    ? pages.edges!.toSorted((a, b) => byPlace([a.node.document.origin, a.node.number], [b.node.document.origin, b.node.number]))
    : pages.edges
  return (
    <Part id="postings" title={titles.postings} count={count}>
      {edges && (
        <div class="scroll" tabIndex={0} role="region" aria-label={titles.postings}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.posting}</th>
                <th scope="col">{words.organization}</th>
                <th scope="col">{words.place}</th>
                <th scope="col">{words.document}</th>
                <th scope="col">{words.notes}</th>
              </tr>
            </thead>
            <tbody>
              {edges.map(({ node }) => (
                <tr key={node.id}>
                  <th scope="row" lang="zh-CN">
                    {node.title}
                  </th>
                  <td lang="zh-CN">{node.organization ?? '–'}</td>
                  <td lang="zh-CN">{node.place ?? '–'}</td>
                  <td>
                    <bdi>{node.document.origin}</bdi> <small>{words.number(node.number)}</small>
                  </td>
                  <td>
                    {node.repeats && <div>{words.repeats(node.repeats.document.origin)}</div>}
                    <Notes of={node.document.notes} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More pages={pages} of={titles.postings} />
    </Part>
  )
}
