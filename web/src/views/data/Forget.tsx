import { useEffect, useRef, useState } from 'preact/hooks'
import { ask, changes, NoAnswer } from '../../ask'
import { graphql } from '../../generated'
import { both, number } from '../../words'

const DataForget = graphql(`
  mutation DataForget($origins: [String!]!) {
    forgetDocuments(origins: $origins) {
      __typename
      ... on LoadProblem {
        message
      }
    }
  }
`)

const words = both({
  open: [(n: string) => `移除所选的 ${n} 份文档……`, (n: string) => `Remove the ${n} chosen …`],
  title: [(n: string) => `移除 ${n} 份文档？`, (n: string) => (n === '1' ? 'Remove 1 document?' : `Remove ${n} documents?`)],
  warn: [
    '只有它们说明的岗位、职责和技能也会从图中消失。原文件不受影响，可以重新载入。',
    'Roles, duties and skills that they alone state leave the graph as well. Your files stay, and can be loaded again.',
  ],
  remove: ['移除', 'Remove'],
  keep: ['不移除', 'Keep them'],
  removing: ['移除中……', 'Removing …'],
})

/** Takes documents out of the graph, once that is confirmed. */
export function Forget({ origins, onDone }: { origins: readonly string[]; onDone: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [asked, put] = useState(false)
  const [waiting, wait] = useState(false)
  const [problem, tell] = useState('')
  useEffect(() => {
    if (asked) dialog.current?.showModal()
  }, [asked])

  async function forget(): Promise<void> {
    wait(true)
    tell('')
    try {
      const { forgetDocuments: done } = await ask(DataForget, { origins: [...origins] })
      if (done?.__typename !== 'Forgotten') return tell(done?.message ?? '')
      dialog.current?.close()
      onDone()
      changes.value++
    } catch (error) {
      tell(error instanceof NoAnswer ? `${error.message} ${error.remedy}` : String(error))
    } finally {
      wait(false)
    }
  }

  return (
    <>
      <p>
        <button type="button" onClick={() => put(true)}>
          {words.open(number(origins.length))}
        </button>
      </p>
      {asked && (
        <dialog ref={dialog} aria-labelledby="data-forget" onClose={() => put(false)}>
          <h3 id="data-forget">{words.title(number(origins.length))}</h3>
          <ul class="names">
            {origins.map(origin => (
              <li key={origin}>{origin}</li>
            ))}
          </ul>
          <p>{words.warn}</p>
          <p class="choices">
            <button type="button" disabled={waiting} onClick={() => dialog.current?.close()}>
              {words.keep}
            </button>
            <button type="button" class="bad" disabled={waiting} onClick={() => void forget()}>
              {words.remove}
            </button>
          </p>
          <p role="status">{waiting ? words.removing : problem}</p>
        </dialog>
      )}
    </>
  )
}
