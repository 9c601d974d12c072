import { graphql } from '../../generated'
import type { RoleDutiesQuery } from '../../generated/graphql'
import { Saves } from '../../parts/Saves'
import { both, skillName } from '../../words'
import { grouped } from './grouped'
import { Item } from './Item'
import { More } from './More'
import { allOf, byPlace, SIZE, usePages, type Pages } from './pages'
import { Part } from './Part'
import { titles } from './titles'

const RoleDuties = graphql(`
  query RoleDuties($id: ID!, $first: Int!, $after: String) {
    node(id: $id) {
      ... on Subject {
        duties(first: $first, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...ItemParts
            }
            mentions(first: 5) {
              ...ListedParts
            }
          }
        }
      }
    }
  }
`)

const words = both({
  none: ['没有标题', 'Without a heading'],
  save: ['职责存为 CSV', 'Save duties as CSV'],
  head: [
    ['标题', '职责', '技能', '文档', '行', '招聘帖'],
    ['heading', 'duty', 'skills', 'document', 'line', 'posting'],
  ],
})

type DutyEdge = NonNullable<ReturnType<typeof dutiesOf>>['edges'][number]

const dutiesOf = ({ node }: RoleDutiesQuery) => (node && 'duties' in node ? node.duties : null)

/** The duties of a role or department under the headings that documents give them. */
export function Duties({ id, name, count }: { id: string; name: string; count: number }) {
  const pages = usePages(RoleDuties, { id }, dutiesOf, 'duties')
  const groups = grouped(inOrder(pages), ({ mentions }) => mentions[0]?.heading ?? '')
  return (
    <Part id="duties" title={titles.duties} count={count}>
      {[...groups].map(([heading, edges]) => (
        <section key={heading} class="role-group">
          {(heading || groups.size > 1) && <h3 lang={heading ? 'zh-CN' : undefined}>{heading || words.none}</h3>}
          <ol class="role-items">
            {edges.map(({ node, mentions }) => (
              <Item key={node.id} item={node} places={mentions} name={name} />
            ))}
          </ol>
        </section>
      ))}
      <More pages={pages} of={titles.duties} />
      <Saves name={`${name} - ${titles.duties}`} label={words.save} table={() => table(id)} />
    </Part>
  )
}

/** As documents list them, where all are known; else as they come, so that more of them move nothing. */
function inOrder({ edges, more }: Pages<DutyEdge>): DutyEdge[] {
  if (!edges || more || edges.length > SIZE) return edges ?? []
  const place = ({ mentions }: DutyEdge): [string, number] => [mentions[0]?.posting.document.origin ?? '', mentions[0]?.line ?? 0]
  return edges.toSorted((a, b) => byPlace(place(a), place(b)))
}

/** A row for each place where a duty is listed. */
async function table(id: string): Promise<(string | number)[][]> {
  const edges = await allOf(RoleDuties, { id }, dutiesOf)
  const rows = edges.flatMap(({ node, mentions }) =>
    mentions.map(({ heading, line, posting }) => [
      heading ?? '',
      node.text,
      node.skills.edges.map(({ node }) => skillName(node)).join('; '),
      posting.document.origin,
      line,
      [posting.organization, posting.title].filter(Boolean).join(' · '),
    ]),
  )
  return [[...words.head], ...rows]
}
