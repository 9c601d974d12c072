import { href, type Query } from '../../address'
import type { MoveAroundQuery } from '../../generated/graphql'
import { placed } from '../../parts/terms'
import { both, percent } from '../../words'
import { moveHref, stepHref } from './asked'

const words = both({
  leads: ['文档说明的去向', 'Where documents say it leads'],
  led: ['文档说明的来处', 'From where documents say one comes'],
  likeNext: ['技能相近、可以考虑的岗位', 'Roles with like skills, to think of'],
  likeBefore: ['技能相近、可以由此转来的岗位', 'Roles with like skills, to come from'],
  matches: ['与这些技能最接近的岗位', 'The roles nearest to these skills'],
  path: [
    '从自己的技能出发没有经由其他岗位的路径。可以改从一个接近的岗位出发：',
    'From one’s own skills there is no way over other roles. You may start from a role that is near to them:',
  ],
  begin: [(name: string) => `从 ${name} 出发`, (name: string) => `Start from ${name}`],
  none: ['没有', 'None'],
  alike: [(share: string) => `相似度 ${share}`, (share: string) => `${share} alike`],
  common: [(n: number) => `${n} 个共有技能`, (n: number) => (n === 1 ? '1 skill in common' : `${n} skills in common`)],
  about: [(name: string) => `查看 ${name}`, (name: string) => `About ${name}`],
})

export type Around = Extract<MoveAroundQuery['similarRoles'], { __typename: 'SimilarRoles' }>
type Stated = Extract<Around['subject'], { __typename: 'Role' }>['leadsTo']['edges'][number]

/** Roles like a role or like somebody's skills, as links that lead on. */
function Alike({ roles, to, word }: { roles: Around['roles']; to: (id: string) => string; word?: (name: string) => string }) {
  if (!roles.length) return <p class="none">{words.none}</p>
  return (
    <ul class="move-onward">
      {roles.map(({ role, score, inCommon }) => (
        <li key={role.id}>
          <a href={to(role.id)} lang={word ? undefined : 'zh-CN'}>
            {word ? word(role.name) : role.name}
          </a>
          <small>
            {' '}
            {words.alike(percent(score))} · {words.common(inCommon)}
          </small>
        </li>
      ))}
    </ul>
  )
}

/** Steps that documents state, as links, each with its words and their place. */
function Told({ title, edges, to }: { title: string; edges: Stated[]; to: (id: string) => string }) {
  if (!edges.length) return null
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul class="move-onward">
        {edges.map(({ node, mentions }) => (
          <li key={node.id}>
            <a href={to(node.id)} lang="zh-CN">
              {node.name}
            </a>
            {mentions.map(each => (
              <small key={each.id}>
                {' '}
                <q lang="zh-CN">{each.words}</q> {placed({ origin: each.posting.document.origin, line: each.line })}
              </small>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Of a role that is alone yet: where one may go from it; with `before`, from where one may come to it. */
export function Onward({ around, before, rest }: { around: Around; before: boolean; rest: Query }) {
  const { subject, roles } = around
  const to = (id: string): string => (before ? stepHref(id, subject.id, rest) : stepHref(subject.id, id, rest))
  const stated = subject.__typename === 'Role' ? (before ? subject.ledToBy : subject.leadsTo).edges : []
  return (
    <>
      <p>
        <a href={href('role', [subject.id])}>{words.about(subject.name)}</a>
      </p>
      <Told title={before ? words.led : words.leads} edges={stated} to={to} />
      <section>
        <h3>{before ? words.likeBefore : words.likeNext}</h3>
        <Alike roles={roles} to={to} />
      </section>
    </>
  )
}

interface MatchesProps {
  roles: Around['roles']
  skills: readonly string[]
  target: string | null
  rest: Query
}

/** The roles nearest to one's own skills: to move to where no target is chosen, else to start from. */
export function Matches({ roles, skills, target, rest }: MatchesProps) {
  return (
    <section>
      <h3>{words.matches}</h3>
      {target && <p>{words.path}</p>}
      {target ? (
        <Alike roles={roles.filter(({ role }) => role.id !== target)} to={id => stepHref(id, target, rest)} word={words.begin} />
      ) : (
        <Alike roles={roles} to={id => moveHref({ start: null, skills, target: id }, rest)} />
      )}
    </section>
  )
}
