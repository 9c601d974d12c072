import { useEffect } from 'preact/hooks'
import { changes, wanted, type NoAnswer } from '../ask'
import { graphql } from '../generated'
import type { ProblemPartsFragment } from '../generated/graphql'
import { both } from '../words'

/** Of any result that may be a problem: `... on Problem { ...ProblemParts }`. */
export const ProblemParts = graphql(`
  fragment ProblemParts on Problem {
    __typename
    kind
    name
    ... on NotFound {
      nearest
    }
    ... on Ambiguous {
      choices {
        id
        name
      }
    }
  }
`)

const words = both({
  none: [
    (kind: string, name: string) => `图中没有名为“${name}”的${kind}。`,
    (kind: string, name: string) => `The graph has no ${kind} named “${name}”.`,
  ],
  many: [
    (kind: string, name: string) => `“${name}”可指几个${kind}，请选择：`,
    (kind: string, name: string) => `“${name}” may be one of several ${kind}s. Choose one:`,
  ],
  nearest: ['相近的名称：', 'Names like it: '],
  again: ['重试', 'Try again'],
  role: ['岗位', 'role'],
  skill: ['技能', 'skill'],
  department: ['部门', 'department'],
  subject: ['岗位或部门', 'role or department'],
  thing: ['内容', 'thing'],
  failed: ['没有得到回答', 'There is no answer'],
  strange: [
    '答复的不是数据。您与服务器之间可能有代理，需要重新登录：请刷新此页。',
    'What answered gave no data. There may be a proxy before the server that wants you to sign in again: reload the page.',
  ],
})

/** A name that stands for nothing or for several things, with what may have been meant; `href` leads to that. */
export function Unknown({ problem, href }: { problem: ProblemPartsFragment; href: (meant: string) => string }) {
  const { role, skill, department, subject, thing } = words
  const kind = { role, skill, department, 'role or department': subject }[problem.kind] ?? thing
  const meant =
    problem.__typename === 'Ambiguous'
      ? problem.choices
      : problem.__typename === 'NotFound'
        ? problem.nearest.map(name => ({ id: name, name }))
        : []
  const kindOf = (id: string): string => ({ role, skill, department })[id.split(':')[0]!] ?? ''
  const several = problem.__typename === 'Ambiguous' && new Set(meant.map(({ id }) => kindOf(id))).size > 1
  return (
    <div class="panel problem" role="alert">
      <p>{(problem.__typename === 'Ambiguous' ? words.many : words.none)(kind, problem.name)}</p>
      {meant.length > 0 && (
        <p>
          {problem.__typename === 'NotFound' && words.nearest}
          {meant.map(({ id, name }) => (
            <a key={id} class="chip" href={href(id)}>
              {name}
              {several && <small>{kindOf(id)}</small>}
            </a>
          ))}
        </p>
      )}
    </div>
  )
}

/** Why the server has not answered. Nothing is shown where it is not reached, since the page says so above. */
export function Failed({ problem }: { problem: NoAnswer }) {
  const key = problem.code === 'UNAUTHENTICATED'
  useEffect(() => {
    if (key) wanted.value = true
  }, [problem])
  if (key || problem.code === 'GONE') return null
  return (
    <div class="panel problem" role="alert">
      <p>
        {words.failed}: {problem.message} {problem.code === 'NO_DATA' && words.strange}
        {!problem.message.includes(problem.remedy) && problem.remedy}
      </p>
      <button type="button" onClick={() => changes.value++}>
        {words.again}
      </button>
    </div>
  )
}
