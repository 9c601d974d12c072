import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { both, number } from '../../words'

const DataFacets = graphql(`
  query DataFacets {
    facets(k: 30) {
      __typename
      ... on Facets {
        organizations {
          value
          postings
        }
      }
    }
  }
`)

const words = both({
  title: ['用人单位', 'Employers'],
  lead: ['招聘帖写明的单位，帖数多者在前，至多 30 个。', 'Employers that postings name, those with most postings first, at most 30.'],
  postings: [(n: string) => `${n} 个招聘帖`, (n: string) => (n === '1' ? '1 posting' : `${n} postings`)],
  none: ['没有招聘帖写明单位。', 'No posting names its employer.'],
})

/** Whose postings they are. */
export function Organizations() {
  const { answer } = useAnswer(DataFacets, {})
  const found = answer?.facets.__typename === 'Facets' ? answer.facets.organizations : null
  if (!found) return null
  return (
    <section aria-labelledby="data-organizations">
      <h2 id="data-organizations">{words.title}</h2>
      <p class="soft">{found.length ? words.lead : words.none}</p>
      {found.length > 0 && (
        <ul class="organizations">
          {found.map(({ value, postings }) => (
            <li key={value}>
              <span lang="zh-CN">{value}</span> <span class="count">{words.postings(number(postings))}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
