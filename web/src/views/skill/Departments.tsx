import { useState } from 'preact/hooks'
import { go, href, withQuery } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { Need } from '../../parts/Need'
import { Failed } from '../../parts/Problem'
import { both, number } from '../../words'
import type { Found } from '../Skill'
import { useLengthened } from './lengthen'
import { Places, SourcesButton } from './Places'
import { postingsOf } from './Roles'

const SkillDepartments = graphql(`
  query SkillDepartments($id: ID!, $owners: Int!, $departments: Int!) {
    skill(by: { id: $id }) {
      __typename
      ... on Skill {
        owners(first: $owners) {
          totalCount
          edges {
            postings
            share
            necessity
            node {
              id
              name
            }
          }
        }
        departments(first: $departments) {
          totalCount
          edges {
            own
            involved
            node {
              id
              name
            }
          }
        }
      }
    }
  }
`)

const words = both({
  title: ['部门', 'Departments'],
  owners: ['部门说明要求它的部门', 'Departments whose own descriptions ask for it'],
  applied: ['职责中应用它的部门', 'Departments whose duties apply it'],
  department: ['部门', 'Department'],
  own: ['部门及其岗位的职责', 'Duties of it or its roles'],
  involved: ['涉及该部门的职责', 'Duties that involve it'],
  none: ['没有文档说明哪个部门需要或应用它。', 'No document states a department that needs or applies it.'],
  more: [(n: string) => `显示其余 ${n} 个`, (n: string) => `Show ${n} more`],
})

const PAGE = 20
const MOST = 1_000

/** The departments that need a skill by their own descriptions, and those whose duties apply it. */
export function Departments({ skill, open }: { skill: Found; open: string | null }) {
  const [owners, showOwners] = useState(PAGE)
  const [departments, showDepartments] = useState(PAGE)
  const { answer, problem } = useAnswer(SkillDepartments, { id: skill.id, owners, departments })
  const found = answer?.skill.__typename === 'Skill' ? answer.skill : null
  const owning = useLengthened<HTMLUListElement>(found?.owners.edges.length ?? 0)
  const applying = useLengthened<HTMLTableSectionElement>(found?.departments.edges.length ?? 0)
  return (
    <section>
      <h2>{words.title}</h2>
      {problem && <Failed problem={problem} />}
      {found && found.owners.totalCount + found.departments.totalCount === 0 && <p class="none">{words.none}</p>}
      {found && found.owners.totalCount > 0 && (
        <>
          <h3>
            {words.owners} <span class="count">{number(found.owners.totalCount)}</span>
          </h3>
          <ul class="skill-roles" ref={owning.list}>
            {found.owners.edges.map(({ node, ...need }) => (
              <li key={node.id}>
                <div class="skill-role">
                  <a href={href('role', [node.id])} lang="zh-CN">
                    {node.name}
                  </a>
                  <SourcesButton
                    name={node.name}
                    open={open === node.id}
                    onToggle={() => go(withQuery({ open: open === node.id ? null : node.id }), { replace: true })}
                  />
                </div>
                <p class="of">
                  <Need postings={need.postings} all={postingsOf(need)} necessity={need.necessity} />
                </p>
                {open === node.id && <Places subject={node.id} skills={[skill]} />}
              </li>
            ))}
          </ul>
          <More
            all={found.owners.totalCount}
            shown={found.owners.edges.length}
            onMore={() => (owning.told(), showOwners(MOST))}
          />
        </>
      )}
      {found && found.departments.totalCount > 0 && (
        <>
          <h3>
            {words.applied} <span class="count">{number(found.departments.totalCount)}</span>
          </h3>
          <div class="scroll" tabIndex={0} role="region" aria-label={words.applied}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.department}</th>
                  <th scope="col" class="figure">
                    {words.own}
                  </th>
                  <th scope="col" class="figure">
                    {words.involved}
                  </th>
                </tr>
              </thead>
              <tbody ref={applying.list}>
                {found.departments.edges.map(({ node, own, involved }) => (
                  <tr key={node.id}>
                    <th scope="row">
                      <a href={href('role', [node.id])} lang="zh-CN">
                        {node.name}
                      </a>
                    </th>
                    <td class="figure">{number(own)}</td>
                    <td class="figure">{number(involved)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <More
            all={found.departments.totalCount}
            shown={found.departments.edges.length}
            onMore={() => (applying.told(), showDepartments(MOST))}
          />
        </>
      )}
    </section>
  )
}

function More({ all, shown, onMore }: { all: number; shown: number; onMore: () => void }) {
  const left = Math.min(all, MOST) - shown
  return left > 0 ? (
    <button type="button" onClick={onMore}>
      {words.more(number(left))}
    </button>
  ) : null
}
