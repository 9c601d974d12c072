import { href } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { DocumentLineFragment } from '../../generated/graphql'
import { both, number, percent } from '../../words'
import { finished, resend, type Load, type Round } from './loads'
import { Postings } from './Postings'
import { Refused } from './Refused'
import { size } from './sizes'
import { outcome, state } from './states'

const DataFound = graphql(`
  query DataFound($origins: [String!]!) {
    documents(where: { origins: $origins }, first: 200) {
      edges {
        node {
          ...DocumentLine
        }
      }
    }
  }
`)

const words = both({
  files: [(n: string) => `${n} 个文件`, (n: string) => (n === '1' ? '1 file' : `${n} files`)],
  other: ['另一页面开始的载入', 'A load that another page began'],
  turn: ['等待前面的文件', 'waits for the files before'],
  sending: ['发送中', 'being sent'],
  refused: ['没有载入', 'not loaded'],
  done: [(n: string) => `已处理 ${n} 份`, (n: string) => `${n} dealt with`],
  begun: ['正在准备技能表……', 'The taxonomy is being prepared …'],
  progress: ['载入进度', 'Progress of the load'],
  file: ['文件', 'File'],
  size: ['大小', 'Size'],
  what: ['结果', 'Outcome'],
  open: ['尚未知道', 'not known yet'],
  waiting: ['等待读取', 'waits to be read'],
  reading: ['随同批读取，结果待结束时告知', 'being read with the others; told at the end'],
  failed: ['未能读取：', 'could not be read: '],
  without: ['其中没有招聘帖，未保留', 'holds no posting, and is not kept'],
  read: ['已读取', 'read'],
  unknown: ['未知（只列出前 100 份的原因）', 'not known: reasons are given for the first 100 only'],
  within: [(n: string) => `内含 ${n} 份文档`, (n: string) => `holds ${n} documents`],
  due: [
    '技能表已更换：请在服务器上运行 rolegraph refresh，让其他文档按新表重新解读。',
    'The taxonomy has changed: run rolegraph refresh on the server, so that all other documents are read by it.',
  ],
  roles: ['查看全部岗位', 'All roles'],
  compare: ['对比这些岗位', 'Compare these roles'],
  again: ['再次载入', 'Load again'],
})

type Shown = DocumentLineFragment

/** Files that were sent together: how far they are, and at the end what came of each. */
export function OneRound({ round }: { round: Round }) {
  const { files, sending, load, refusal } = round
  const over = load !== null && finished(load)
  const origins = files.map(({ name }) => name.normalize('NFC'))
  const asked = over && origins.length > 0 ? origins.flatMap(name => [name, `${name}!*`, `${name}#*`]) : null
  const { answer } = useAnswer(DataFound, asked && { origins: asked })
  const found = answer?.documents.edges.map(({ node }) => node) ?? []
  // What needs somebody's care comes first.
  const bad = (name: string): boolean => load?.failures.some(({ origin }) => origin.startsWith(name.normalize('NFC'))) ?? false
  const ordered = [...files].sort((a, b) => Number(bad(b.name)) - Number(bad(a.name)))
  const told = refusal ? words.refused : load ? state(load) : sending ? words.sending : words.turn
  const roles = [...new Set(found.flatMap(({ postings }) => postings.edges.flatMap(({ node }) => node.roles.edges.map(edge => edge.node.id))))]
  return (
    <article class="panel round">
      <h4>
        {files.length ? words.files(number(files.length)) : words.other} <span class="count">{told}</span>
      </h4>
      {!over && !refusal && <progress max={1} value={load?.share ?? 0} aria-label={words.progress} />}
      <p role="status">
        {load?.state === 'RUNNING' && (load.done ? `${percent(load.share)} · ${words.done(number(load.done))}` : words.begun)}
        {over && `${state(load)}${outcome(load) && `: ${outcome(load)}`}`}
      </p>
      {refusal && <Refused round={round} refusal={refusal} />}
      {load?.problem && (
        <p role="alert" lang="en">
          {load.problem}
        </p>
      )}
      {load?.due && <p>{words.due}</p>}
      {files.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={`${words.files(number(files.length))}, ${told}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.file}</th>
                <th scope="col" class="figure">
                  {words.size}
                </th>
                <th scope="col">{words.what}</th>
              </tr>
            </thead>
            <tbody>
              {ordered.map(({ name, file }) => (
                <tr key={name}>
                  <th scope="row" class="origin">
                    {name}
                  </th>
                  <td class="figure">{size(file.size)}</td>
                  <td class="described">
                    <Outcome name={name.normalize('NFC')} load={load} refused={refusal !== null} found={found} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {over && load.state !== 'DONE' && files.length > 0 && (
        <p>
          <button type="button" onClick={() => resend(round)}>
            {words.again}
          </button>
        </p>
      )}
      {over && roles.length > 0 && (
        <p class="choices">
          {roles.length > 1 && <a href={href('compare', roles.slice(0, 4))}>{words.compare}</a>}
          <a href={href('role')}>{words.roles}</a>
        </p>
      )}
    </article>
  )
}

/** What is known of one file. While a load runs, the server tells how many documents are dealt with, and not which. */
function Outcome({ name, load, refused, found }: { name: string; load: Load | null; refused: boolean; found: Shown[] }) {
  const ours = (origin: string): boolean => origin === name || origin.startsWith(`${name}!`) || origin.startsWith(`${name}#`)
  if (refused) return <>{words.refused}</>
  if (!load || load.state === 'QUEUED') return <>{words.waiting}</>
  if (!finished(load)) return <>{words.reading}</>
  const failures = load.failures.filter(({ origin }) => ours(origin))
  const documents = found.filter(({ origin }) => ours(origin))
  const without = load.without.some(ours)
  const cut = load.failed > load.failures.length || load.empty > load.without.length
  return (
    <>
      {failures.map(({ origin, reason }) => (
        <p key={origin} class="failed">
          {words.failed}
          {origin !== name && `${origin.slice(name.length + 1)}: `}
          <span lang="en">{reason}</span>
        </p>
      ))}
      {without && <p>{words.without}</p>}
      {documents.length > 1 && <p>{words.within(number(documents.length))}</p>}
      {documents.slice(0, 5).map(document => (
        <Postings key={document.id} of={document} />
      ))}
      {!failures.length && !without && !documents.length && (load.state !== 'DONE' ? words.open : cut ? words.unknown : words.read)}
    </>
  )
}
