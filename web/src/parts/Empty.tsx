import { useEffect } from 'preact/hooks'
import { href } from '../address'
import { changes, useAnswer } from '../ask'
import { graphql } from '../generated'
import { both } from '../words'
import { useTitle } from './title'

const AnyRole = graphql(`
  query AnyRole {
    roles(first: 1) {
      totalCount
    }
  }
`)

const words = both({
  title: ['图中还没有岗位', 'The graph is empty'],
  lead: [
    '载入招聘帖或岗位说明书之后，这里就能对比岗位、查看技能和出处。',
    'Once job postings or role descriptions are loaded, roles can be compared here, each skill with its source.',
  ],
  here: ['在此网页载入文档', 'Load documents on this page'],
  run: ['或在服务器上运行：', 'Or run on the server: '],
  command: ['rolegraph load 文件夹 --store …', 'rolegraph load documents --store …'],
  again: ['载入后再看', 'Look again'],
})

/** Whether the store is known to hold no role. Nothing waits for this: a view is shown until it is known. */
export function useEmpty(): boolean {
  const { answer } = useAnswer(AnyRole, {})
  return answer?.roles.totalCount === 0
}

/** What a view shows of a store that holds no role, and what to do. It looks again when somebody comes back to it. */
export function Empty() {
  useTitle(words.title)
  useEffect(() => {
    const look = (): void => void changes.value++
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [])
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <ul>
        <li>
          <a href={href('data')}>{words.here}</a>
        </li>
        <li>
          {words.run}
          <code>{words.command}</code>
        </li>
      </ul>
      <button type="button" onClick={() => changes.value++}>
        {words.again}
      </button>
    </>
  )
}
