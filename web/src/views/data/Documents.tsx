import { useEffect, useRef, useState } from 'preact/hooks'
import { go, withQuery } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { Notes } from '../../parts/Notes'
import { Failed } from '../../parts/Problem'
import { Saves } from '../../parts/Saves'
import { both, number } from '../../words'
import { Forget } from './Forget'
import './found'
import { Postings } from './Postings'
import { kind } from './kinds'

const DataDocuments = graphql(`
  query DataDocuments($where: DocumentWhere, $first: Int!) {
    documents(where: $where, first: $first) {
      totalCount
      edges {
        node {
          ...DocumentLine
        }
      }
    }
  }
`)

const words = both({
  title: ['文档', 'Documents'],
  filter: ['名称含有', 'Named like'],
  hint: ['文件名或文件夹的一部分', 'a part of a file or folder name'],
  shown: [
    (n: string, all: string) => `列出 ${n} 份，共 ${all} 份`,
    (n: string, all: string) => `${n} of ${all} are listed`,
  ],
  origin: ['名称', 'Name'],
  kind: ['类型', 'Type'],
  postings: ['招聘帖', 'Postings'],
  described: ['所述岗位与部门', 'Describes'],
  notes: ['备注', 'Notes'],
  repeats: [(origin: string) => `内容与 ${origin} 相同`, (origin: string) => `same content as ${origin}`],
  choose: [(origin: string) => `选择 ${origin}`, (origin: string) => `Choose ${origin}`],
  column: ['选择', 'Choose'],
  none: ['没有这样的文档。', 'There is no such document.'],
  empty: ['还没有文档。', 'There are no documents yet.'],
  looking: ['查找中……', 'Looking …'],
  more: ['再列 25 份', '25 more'],
})

const STEP = 25
const MOST = 500
const PAUSE_MS = 250

/** The documents, by name. Who may write can take some out. */
export function Documents({ like, writes }: { like: string; writes: boolean }) {
  const [first, ask] = useState(STEP)
  const [chosen, choose] = useState<string[]>([])
  const where = like ? { origins: [`*${like}*`] } : null
  const { answer, problem, waiting } = useAnswer(DataDocuments, { where, first })
  const found = answer?.documents
  const documents = found?.edges.map(({ node }) => node) ?? []
  useEffect(() => ask(STEP), [like])
  return (
    <section aria-labelledby="data-documents">
      <h2 id="data-documents">{words.title}</h2>
      <Filter like={like} />
      {problem && <Failed problem={problem} />}
      <p role="status" class="soft">
        {found
          ? found.totalCount
            ? words.shown(number(documents.length), number(found.totalCount))
            : like
              ? words.none
              : words.empty
          : waiting && words.looking}
      </p>
      {documents.length > 0 && (
        <>
          <div class={waiting ? 'scroll stale' : 'scroll'} tabIndex={0} role="region" aria-label={words.title} aria-busy={waiting}>
            <table>
              <thead>
                <tr>
                  {writes && (
                    <th scope="col">
                      <span class="hidden">{words.column}</span>
                    </th>
                  )}
                  <th scope="col">{words.origin}</th>
                  <th scope="col">{words.kind}</th>
                  <th scope="col" class="figure">
                    {words.postings}
                  </th>
                  <th scope="col">{words.described}</th>
                  <th scope="col">{words.notes}</th>
                </tr>
              </thead>
              <tbody>
                {documents.map(document => (
                  <tr key={document.id}>
                    {writes && (
                      <td>
                        <input
                          type="checkbox"
                          aria-label={words.choose(document.origin)}
                          checked={chosen.includes(document.origin)}
                          onChange={({ currentTarget: { checked } }) =>
                            choose(before =>
                              checked ? [...before, document.origin] : before.filter(each => each !== document.origin),
                            )
                          }
                        />
                      </td>
                    )}
                    <th scope="row" class="origin">
                      {document.origin}
                    </th>
                    <td>{kind(document.mediaType)}</td>
                    <td class="figure">{number(document.postings.totalCount)}</td>
                    <td class="described">
                      <Postings of={document} />
                    </td>
                    <td class="described">
                      <Notes of={document.notes} />
                      {document.repeats && <small>{words.repeats(document.repeats.origin)}</small>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {found!.totalCount > documents.length && first < MOST && (
            <p>
              <button type="button" disabled={waiting} onClick={() => ask(Math.min(first + STEP, MOST))}>
                {words.more}
              </button>
            </p>
          )}
          {writes && chosen.length > 0 && <Forget origins={chosen} onDone={() => choose([])} />}
          <Saves
            name={words.title}
            table={() => [
              [words.origin, 'id', words.kind, words.postings, words.described, words.notes],
              ...documents.map(({ origin, id, mediaType, postings, notes }) => [
                origin,
                id,
                kind(mediaType),
                postings.totalCount,
                postings.edges.map(({ node }) => node.title).join(' | '),
                notes.map(({ message }) => message).join(' | '),
              ]),
            ]}
          />
        </>
      )}
    </section>
  )
}

/** A part of the names, kept in the address once somebody has stopped typing. */
function Filter({ like }: { like: string }) {
  const [typed, type] = useState(like)
  const timer = useRef(0)
  useEffect(() => type(like), [like])
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <p>
      <label>
        {words.filter}{' '}
        <input
          type="search"
          placeholder={words.hint}
          value={typed}
          onInput={event => {
            const text = event.currentTarget.value
            type(text)
            clearTimeout(timer.current)
            timer.current = window.setTimeout(() => go(withQuery({ document: text.trim() || null }), { replace: true }), PAUSE_MS)
          }}
        />
      </label>
    </p>
  )
}
