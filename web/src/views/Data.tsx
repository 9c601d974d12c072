import { key, useAnswer } from '../ask'
import { graphql } from '../generated'
import { useTitle } from '../parts/title'
import type { ViewProps } from '../Page'
import { both } from '../words'
import { Candidates } from './data/Candidates'
import { Counts } from './data/Counts'
import './data/data.css'
import { Documents } from './data/Documents'
import { Exports } from './data/Exports'
import { Loading } from './data/Loading'
import { Organizations } from './data/Organizations'

const DataLoads = graphql(`
  query DataLoads {
    loads(first: 10) {
      ...LoadParts
    }
  }
`)

const words = both({
  title: ['图中有哪些数据？', 'What is in the graph?'],
  lead: [
    '已载入的文档、从中读出的内容，以及怎样载入和带走数据。',
    'The documents that were loaded, what was read in them, and how to bring data in and take it with you.',
  ],
})

/** What is loaded: `?document=` is a part of the origins of the documents, `?minPostings=` the least of a candidate. */
export function Data({ address }: ViewProps) {
  const { query } = address
  useTitle(words.title)
  // Without a key nobody may write. With one that may not, the loads are refused as well.
  const { answer, problem } = useAnswer(DataLoads, key.value ? {} : null)
  const writes = Boolean(answer?.loads)
  return (
    <div class="data">
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Counts />
      <Loading before={answer?.loads ?? null} problem={problem} />
      <Documents like={query.get('document') ?? ''} writes={writes} />
      <Organizations />
      <Candidates minPostings={Math.max(1, Math.floor(Number(query.get('minPostings'))) || 1)} />
      <Exports />
    </div>
  )
}
