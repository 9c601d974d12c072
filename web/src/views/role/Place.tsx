import { href } from '../../address'
import { both, number, skillName } from '../../words'
import type { Described } from './subject'
import { Facts } from './Facts'
import { Part } from './Part'
import { titles } from './titles'

const words = both({
  departments: ['所属部门', 'Departments'],
  reportsTo: ['直接上级', 'Reports to'],
  reportedToBy: ['下属', 'Is reported to by'],
  leadsTo: ['可以发展到', 'Leads to'],
  ledToBy: ['可以由此发展而来', 'Reached from'],
  roles: ['所属岗位', 'Roles'],
  partOf: ['上级部门', 'Is part of'],
  parts: ['下级部门', 'Its parts'],
  applied: ['在此应用的技能', 'Skills applied here'],
  own: [(n: string) => `自己的职责 ${n} 条`, (n: string) => (n === '1' ? '1 duty of its own' : `${n} duties of its own`)],
  involved: [(n: string) => `涉及它的职责 ${n} 条`, (n: string) => (n === '1' ? '1 duty that involves it' : `${n} duties that involve it`)],
  rest: [(n: string) => `另有 ${n} 个`, (n: string) => `and ${n} more`],
  all: ['查看全部', 'Show all'],
  comma: ['，', ', '],
})

type Subject = Described['subject']

/** Whether anything is known of where a role or department stands among others. */
export function hasPlace(subject: Subject): boolean {
  const lists =
    subject.__typename === 'Role'
      ? [subject.departments, subject.reportsTo, subject.reportedToBy, subject.leadsTo, subject.ledToBy]
      : [subject.roles, subject.partOf, subject.parts, subject.appliedSkills]
  return lists.some(list => list.totalCount > 0)
}

export function placeTitle(subject: Subject): string {
  return subject.__typename === 'Role' ? titles.career : titles.structure
}

/** Where a role or department stands among others, and where documents say so. */
export function Place({ subject }: { subject: Subject }) {
  if (!hasPlace(subject)) return null
  return (
    <Part id="place" title={placeTitle(subject)}>
      <div class="role-types">
        {subject.__typename === 'Role' ? (
          <>
            <Facts title={words.departments} facts={subject.departments} />
            <Facts title={words.reportsTo} facts={subject.reportsTo} />
            <Facts title={words.reportedToBy} facts={subject.reportedToBy} />
            <Facts title={words.leadsTo} facts={subject.leadsTo} />
            <Facts title={words.ledToBy} facts={subject.ledToBy} />
          </>
        ) : (
          <>
            <Facts
              title={words.roles}
              facts={subject.roles}
              all={<a href={href('role', [], { department: subject.name, named: 1 })}>{words.all}</a>}
            />
            <Facts title={words.partOf} facts={subject.partOf} />
            <Facts title={words.parts} facts={subject.parts} />
            <Applied applied={subject.appliedSkills} />
          </>
        )}
      </div>
    </Part>
  )
}

type Applied = Extract<Subject, { __typename: 'Department' }>['appliedSkills']

/** The skills that the duties of a department, of its roles, or those that involve it ask for. */
function Applied({ applied }: { applied: Applied }) {
  const rest = applied.totalCount - applied.edges.length
  if (!applied.edges.length) return null
  return (
    <section class="role-group role-wide" aria-label={words.applied}>
      <h3>
        {words.applied} <span class="count">{number(applied.totalCount)}</span>
      </h3>
      <ul class="role-items">
        {applied.edges.map(({ node, own, involved }) => (
          <li key={node.id}>
            <a href={href('skill', [node.id])}>{skillName(node)}</a>{' '}
            <small>
              {[own && words.own(number(own)), involved && words.involved(number(involved))].filter(Boolean).join(words.comma)}
            </small>
          </li>
        ))}
      </ul>
      {rest > 0 && <p>{words.rest(number(rest))}</p>}
    </section>
  )
}
