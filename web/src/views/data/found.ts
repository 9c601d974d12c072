import { graphql } from '../../generated'

/** A document with what stands in it. */
export const DocumentLine = graphql(`
  fragment DocumentLine on Document {
    id
    origin
    mediaType
    notes {
      code
      message
    }
    repeats {
      id
      origin
    }
    postings(first: 5) {
      totalCount
      edges {
        node {
          id
          title
          organization
          repeats {
            id
          }
          roles(first: 2) {
            edges {
              node {
                id
                name
              }
            }
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
