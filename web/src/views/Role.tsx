import './role/role.css'
import './role/paper.css'
import { useEffect, useRef } from 'preact/hooks'
import { go, href } from '../address'
import { useAnswer } from '../ask'
import type { ViewProps } from '../Page'
import { Picker } from '../parts/Picker'
import { Failed, Unknown } from '../parts/Problem'
import { useTitle } from '../parts/title'
import { both } from '../words'
import { List } from './role/List'
import { One } from './role/One'
import { RoleSubject } from './role/subject'

const words = both({
  title: ['岗位是什么样的？', 'What is a role like?'],
  find: ['查找岗位或部门', 'Find a role or department'],
  all: ['查看全部岗位', 'Show all roles'],
  waiting: ['载入岗位……', 'Loading the role …'],
})

/** A role or department: `path` holds its id, `?role=` its name. Without either, all of them to choose from. */
export function Role({ address }: ViewProps) {
  const { path, query } = address
  const asked = path[0] ?? query.get('role')
  const named = useRef({ name: '', id: '' })
  const role = path[0] && path[0] === named.current.id ? named.current.name : asked
  const { answer, problem, waiting } = useAnswer(RoleSubject, role ? { role } : null)
  const found = asked && answer?.skillProfile.__typename === 'SkillProfile' ? answer.skillProfile : null
  const unknown = asked && answer && answer.skillProfile.__typename !== 'SkillProfile' ? answer.skillProfile : null
  const name = found?.subject.name
  const listed = useRef(false)
  if (!asked) listed.current = true
  useTitle(name ?? words.title)

  // A name, or an id that has become another, is replaced by the id, and not asked for again; the rest of the query stays.
  const id = found?.subject.id
  useEffect(() => {
    if (!id || !asked || waiting || path[0] === id) return
    named.current = { name: asked, id }
    go(href('role', [id], Object.fromEntries([...query].filter(([name]) => name !== 'role'))), { replace: true })
  }, [id, waiting])

  if (found) {
    return (
      <div class={waiting ? 'stale' : undefined} aria-busy={waiting}>
        <One found={found} open={query.get('skill')} focus={listed.current} />
      </div>
    )
  }
  return (
    <>
      <h1>{words.title}</h1>
      <div class="chosen">
        <Picker
          label={words.find}
          kinds={['ROLE', 'DEPARTMENT']}
          autofocus={!asked}
          onPick={({ id }) => go(href('role', [id]))}
        />
      </div>
      {problem && <Failed problem={problem} />}
      {unknown && <Unknown problem={unknown} href={meant => href('role', [], { role: meant })} />}
      <p role="status" class="hidden">
        {asked && waiting && words.waiting}
      </p>
      {asked ? <p>{unknown && <a href={href('role')}>{words.all}</a>}</p> : <List query={query} />}
    </>
  )
}
