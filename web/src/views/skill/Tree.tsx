import { go, withQuery } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { SkillTreeQuery } from '../../generated/graphql'
import { Failed } from '../../parts/Problem'
import { both, number, skillName } from '../../words'
import { moveInTree } from './moveInTree'
import { SkillLink } from './SkillLink'
import { byRoles } from './twigs'

const SkillTree = graphql(`
  query SkillTree {
    taxonomy(depth: 1) {
      __typename
      ... on Taxonomy {
        branches {
          ...TreeRow
          narrower {
            skill {
              id
            }
          }
        }
      }
    }
  }
`)

const SkillBranch = graphql(`
  query SkillBranch($root: String!) {
    taxonomy(root: $root, depth: 2) {
      __typename
      ... on Taxonomy {
        branches {
          narrower {
            ...TreeRow
            narrower {
              skill {
                id
              }
            }
          }
        }
      }
    }
  }
`)

export const TreeRow = graphql(`
  fragment TreeRow on TaxonomyBranch {
    roles
    skill {
      id
      name
      nameEn
    }
  }
`)

type Row = Extract<SkillTreeQuery['taxonomy'], { __typename: 'Taxonomy' }>['branches'][number]

const words = both({
  title: ['技能表', 'The taxonomy'],
  hint: ['方向键可在各行间移动、展开和收起。', 'The arrow keys move between the rows, open and close them.'],
  needed: ['只显示岗位需要的技能', 'Only skills that roles need'],
  open: [(name: string) => `${name} 的下位技能`, (name: string) => `Skills below ${name}`],
  roles: [(n: string) => `${n} 个岗位`, (n: string) => (n === '1' ? '1 role' : `${n} roles`)],
  none: ['没有', 'None'],
  reading: ['查找中……', 'Looking …'],
})

/** What all rows need to know of the address. */
interface Shown {
  open: readonly string[]
  needed: boolean
}

/**
 * The taxonomy as nested lists of links, whose branches a button opens. Lists and buttons are what every screen reader
 * knows, on a phone too, where ARIA's tree is hardly known; the arrow keys of a tree work besides.
 */
export function Tree({ query }: { query: URLSearchParams }) {
  const { answer, problem } = useAnswer(SkillTree, {})
  const shown = { open: query.getAll('branch'), needed: query.get('needed') === '1' }
  const rows = answer?.taxonomy.__typename === 'Taxonomy' ? answer.taxonomy.branches : null
  return (
    <section>
      <h2>{words.title}</h2>
      <label class="skill-check">
        <input
          type="checkbox"
          checked={shown.needed}
          onChange={() => go(withQuery({ needed: shown.needed ? null : 1 }), { replace: true })}
        />
        {words.needed}
      </label>
      <p class="soft">{words.hint}</p>
      {problem && <Failed problem={problem} />}
      {!rows && !problem && <p role="status">{words.reading}</p>}
      {rows && (
        <div class="skill-tree" onKeyDown={moveInTree}>
          <Rows rows={rows} shown={shown} />
        </div>
      )}
    </section>
  )
}

function Rows({ rows, shown }: { rows: Row[]; shown: Shown }) {
  const listed = byRoles(rows).filter(({ roles }) => roles > 0 || !shown.needed)
  if (!listed.length) return <p class="none">{words.none}</p>
  return (
    <ul>
      {listed.map(row => (
        <Branch key={row.skill.id} row={row} shown={shown} />
      ))}
    </ul>
  )
}

function Branch({ row: { skill, roles, narrower }, shown }: { row: Row; shown: Shown }) {
  const open = shown.open.includes(skill.id)
  const { answer, problem } = useAnswer(SkillBranch, open ? { root: skill.id } : null)
  const rows = answer?.taxonomy.__typename === 'Taxonomy' ? answer.taxonomy.branches[0]?.narrower : null
  const turned = open ? shown.open.filter(id => id !== skill.id) : [...shown.open, skill.id]
  return (
    <li>
      <div class="skill-row">
        {narrower.length > 0 ? (
          <button
            type="button"
            aria-expanded={open}
            aria-label={words.open(skillName(skill))}
            onClick={() => go(withQuery({ branch: turned }), { replace: true })}
          />
        ) : (
          <span class="skill-leaf" />
        )}
        <SkillLink skill={skill} />
        <small>{words.roles(number(roles))}</small>
      </div>
      {open && problem && <Failed problem={problem} />}
      {open && !rows && !problem && <p role="status">{words.reading}</p>}
      {open && rows && <Rows rows={rows} shown={shown} />}
    </li>
  )
}
