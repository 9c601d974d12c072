import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { both } from '../../words'
import type { Shown } from './picture'

const GraphDocument = graphql(`
  query GraphDocument($id: ID!) {
    node(id: $id) {
      ... on Document {
        postings(first: 20) {
          edges {
            node {
              id
              title
              organization
            }
          }
          totalCount
        }
      }
      ... on Posting {
        organization
        place
        document {
          id
          origin
        }
      }
    }
  }
`)

const words = both({
  postings: ['此文档的招聘帖', 'Postings of this document'],
  document: ['所在文档：', 'In the document '],
})

/** The postings of a document, or the document of a posting: what joins them is no relation of the graph. */
export function Document({ node, centre }: { node: Shown; centre: (id: string) => string }) {
  const { answer } = useAnswer(GraphDocument, { id: node.id })
  const found = answer?.node
  if (found && 'postings' in found) {
    return (
      <>
        <h3>{words.postings}</h3>
        <ul class="graph-others">
          {found.postings.edges.map(({ node: { id, title, organization } }) => (
            <li key={id}>
              <a href={centre(id)}>{[organization, title].filter(Boolean).join(' · ')}</a>
            </li>
          ))}
        </ul>
      </>
    )
  }
  if (found && 'document' in found) {
    return (
      <p>
        {[found.organization, found.place].filter(Boolean).join(' · ')} {words.document}
        <a href={centre(found.document.id)}>{found.document.origin}</a>
      </p>
    )
  }
  return null
}
