import { useEffect } from 'preact/hooks'
import { giveKey, key, type NoAnswer } from '../../ask'
import type { LoadPartsFragment } from '../../generated/graphql'
import { both } from '../../words'
import { Before } from './Before'
import { Choose } from './Choose'
import { adopt, rounds } from './loads'
import { OneRound } from './OneRound'
import { WriteKey } from './WriteKey'

const words = both({
  title: ['载入文档', 'Load documents'],
  needed: [
    '载入和移除文档需要可写的密钥；没有它，这里只能查看。',
    'To load and remove documents takes a key that may write; without one this page only shows.',
  ],
  asking: ['正在核对密钥……', 'Checking the key …'],
  reads: ['正在使用的密钥只能查看，不能载入。', 'The key in use may only read, not load.'],
  where: ['密钥从哪里来', 'Where a key comes from'],
  made: ['服务器的管理员在服务器上生成它：', 'The administrator makes one on the server: '],
  kept: [
    '命令会显示一次密钥（交给使用者），以及一行要写进 ROLEGRAPH_API_KEYS 的设置；然后重启服务。没有设置可写密钥的服务器，谁都不能在网页上载入。',
    'It shows the key once, for the one who will use it, and a line for the setting ROLEGRAPH_API_KEYS; then the server is started again. Where no key may write, nobody can load over the page.',
  ],
  command: ['或不用网页，在服务器上运行：', 'Or without the page, on the server: '],
  using: ['已使用可写密钥，关闭此标签页后失效。', 'A key that may write is in use until this tab is closed.'],
  drop: ['不再使用', 'Stop using it'],
  rounds: ['这次载入的', 'Loaded now'],
})

/** Brings documents in. `before`: the loads that the server remembers, for keys that may write; null for others. */
export function Loading({ before, problem }: { before: readonly LoadPartsFragment[] | null; problem: NoAnswer | null }) {
  useEffect(() => before?.forEach(adopt), [before])
  return (
    <section aria-labelledby="data-loading">
      <h2 id="data-loading">{words.title}</h2>
      {before ? (
        <>
          <p class="soft">
            {words.using}{' '}
            <button type="button" class="linklike" onClick={() => giveKey('')}>
              {words.drop}
            </button>
          </p>
          <Choose />
        </>
      ) : key.value && !problem ? (
        <p role="status">{words.asking}</p>
      ) : (
        <>
          <p>{key.value && problem?.code === 'FORBIDDEN' ? words.reads : words.needed}</p>
          <WriteKey />
          <details>
            <summary>{words.where}</summary>
            <p>
              {words.made}
              <code>rolegraph key --name planner --scope write</code>
            </p>
            <p>{words.kept}</p>
            <p>
              {words.command}
              <code>rolegraph load documents/</code>
            </p>
          </details>
        </>
      )}
      {rounds.value.length > 0 && (
        <>
          <h3>{words.rounds}</h3>
          {rounds.value.map(round => (
            <OneRound key={round.key} round={round} />
          ))}
        </>
      )}
      {before && <Before loads={before.filter(({ id }) => !rounds.value.some(({ load }) => load?.id === id))} />}
    </section>
  )
}
