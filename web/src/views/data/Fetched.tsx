import { useEffect, useRef, useState } from 'preact/hooks'
import { save } from '../../parts/save'
import { both } from '../../words'
import { authorization, size } from './sizes'

const words = both({
  got: [(got: string, all: string) => `已收到 ${got}${all && `，共 ${all}`}`, (got: string, all: string) => `${got}${all && ` of ${all}`} so far`],
  stop: ['停止', 'Stop'],
  failed: ['没有下载成功，请再试。', 'It was not downloaded. Try again.'],
  busy: ['服务器正忙于其他导出，请稍后再试。', 'The server is busy with other exports. Try again later.'],
})

/** A file that is saved by a request with the key, which a link cannot send. `bytes`: its size, where it is known. */
export function Fetched({ path, name, bytes }: { path: string; name: string; bytes: number | undefined }) {
  const [got, count] = useState<number | null>(null)
  const [problem, tell] = useState('')
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  async function take(): Promise<void> {
    const leaving = (stop.current = new AbortController())
    tell('')
    count(0)
    try {
      const response = await fetch(path, { headers: authorization(), signal: leaving.signal })
      if (!response.ok || !response.body) return tell(response.status === 503 ? words.busy : words.failed)
      const pieces: BlobPart[] = []
      let taken = 0
      for (const reader = response.body.getReader(); ; ) {
        const { done, value } = await reader.read()
        if (done) break
        pieces.push(value)
        count((taken += value.length))
      }
      const named = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
      save(named ?? `rolegraph${name}`, new Blob(pieces))
    } catch {
      if (!leaving.signal.aborted) tell(words.failed)
    } finally {
      count(null)
    }
  }

  return (
    <>
      {got === null ? (
        <button type="button" class="linklike" onClick={() => void take()}>
          {name}
        </button>
      ) : (
        <button type="button" onClick={() => stop.current?.abort()}>
          {words.stop} {name}
        </button>
      )}{' '}
      <span role="status">{got === null ? problem : words.got(size(got), bytes === undefined ? '' : size(bytes))}</span>
    </>
  )
}
