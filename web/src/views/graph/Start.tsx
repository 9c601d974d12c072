import { go, href } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { FindKind } from '../../generated/graphql'
import { Picker } from '../../parts/Picker'
import { Failed } from '../../parts/Problem'
import { both, number, skillName, tongue } from '../../words'

const GraphStarts = graphql(`
  query GraphStarts {
    roles(orderBy: MOST, first: 12) {
      edges {
        node {
          id
          name
          postings(first: 1) {
            totalCount
          }
        }
      }
    }
    skills(orderBy: MOST, first: 12) {
      edges {
        node {
          id
          name
          nameEn
        }
      }
    }
    departments(first: 12) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`)

/** What a graph may begin at, as far as it has a name or a text to find it by. */
export const STARTS: FindKind[] = ['ROLE', 'SKILL', 'DEPARTMENT', 'DUTY', 'REQUIREMENT', 'INDICATOR']

const words = both({
  title: ['图谱', 'Graph'],
  lead: ['看一个岗位、技能或部门与什么相连。', 'See what a role, a skill or a department is joined with.'],
  find: ['从哪里开始', 'Where to begin'],
  roles: ['描述最多的岗位', 'Most described roles'],
  skills: ['需求最多的技能', 'Most needed skills'],
  departments: ['部门', 'Departments'],
  postings: [(n: string) => `${n} 个招聘帖`, (n: string) => (n === '1' ? '1 posting' : `${n} postings`)],
})

/** Where to begin, when the address does not say it. */
export function Start({ lang }: { lang: string | null }) {
  const { answer, problem } = useAnswer(GraphStarts, {})
  const lists = answer && [
    {
      title: words.roles,
      nodes: answer.roles.edges.map(({ node }) => ({ ...node, beside: words.postings(number(node.postings.totalCount)) })),
    },
    { title: words.skills, nodes: answer.skills.edges.map(({ node }) => ({ id: node.id, name: skillName(node), beside: '' })) },
    { title: words.departments, nodes: answer.departments.edges.map(({ node }) => ({ ...node, beside: '' })) },
  ]
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <div class="chosen">
        <Picker label={words.find} kinds={STARTS} autofocus onPick={({ id }) => go(href('graph', [id], { lang }))} />
      </div>
      {problem && <Failed problem={problem} />}
      <div class="graph-starts">
        {lists
          ?.filter(({ nodes }) => nodes.length)
          .map(({ title, nodes }) => (
            <section key={title}>
              <h2>{title}</h2>
              <ul>
                {nodes.map(({ id, name, beside }) => (
                  <li key={id}>
                    <a href={href('graph', [id], { lang })}><span lang={tongue(name)}>{name}</span></a> <small>{beside}</small>
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </div>
    </>
  )
}
