import { href } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { Failed } from '../../parts/Problem'
import { both, number } from '../../words'

const DataCounts = graphql(`
  query DataCounts {
    documents(first: 1) {
      totalCount
    }
    roles(first: 1) {
      totalCount
    }
    departments(first: 1) {
      totalCount
    }
    skills(first: 1) {
      totalCount
    }
    candidates: skills(first: 1, where: { status: CANDIDATE }) {
      totalCount
    }
    duties(first: 1) {
      totalCount
    }
    requirements(first: 1) {
      totalCount
    }
    indicators(first: 1) {
      totalCount
    }
  }
`)

/** These take a look at the whole graph, so they are asked for apart. */
const DataStats = graphql(`
  query DataStats {
    stats {
      __typename
      ... on Stats {
        nodes {
          kind
          count
        }
        silentRoles
        skillsOfRoles {
          nodes
          mean
        }
      }
    }
  }
`)

const words = both({
  title: ['概况', 'At a glance'],
  documents: ['文档', 'Documents'],
  postings: ['招聘帖', 'Postings'],
  roles: ['岗位', 'Roles'],
  departments: ['部门', 'Departments'],
  skills: ['技能', 'Skills'],
  candidates: ['候选技能', 'Candidate skills'],
  duties: ['职责', 'Duties'],
  requirements: ['任职要求', 'Requirements'],
  indicators: ['考核指标', 'Indicators'],
  counting: ['计数中……', 'Counting …'],
  mean: [
    (n: string, roles: string) => `${roles} 个岗位说明了所需技能，平均每个岗位 ${n} 个。`,
    (n: string, roles: string) => `${roles} roles state the skills they need, ${n} each on average.`,
  ],
  silent: [
    (n: string) => `${n} 个岗位没有写明任职要求。`,
    (n: string) => `${n} roles state no requirements.`,
  ],
})

/** How much of each kind there is. */
export function Counts() {
  const { answer, problem } = useAnswer(DataCounts, {})
  const { answer: more } = useAnswer(DataStats, answer ? {} : null)
  const stats = more?.stats.__typename === 'Stats' ? more.stats : null
  const postings = stats?.nodes.find(({ kind }) => kind === 'POSTING')?.count ?? (stats ? 0 : null)
  return (
    <section aria-labelledby="data-counts">
      <h2 id="data-counts">{words.title}</h2>
      {problem && <Failed problem={problem} />}
      {answer && (
        <dl class="counts">
          <Count name={words.documents} count={answer.documents.totalCount} />
          <Count name={words.postings} count={postings} />
          <Count name={words.roles} count={answer.roles.totalCount} to={href('role')} />
          <Count name={words.departments} count={answer.departments.totalCount} />
          <Count name={words.duties} count={answer.duties.totalCount} />
          <Count name={words.requirements} count={answer.requirements.totalCount} />
          <Count name={words.skills} count={answer.skills.totalCount} to={href('skill')} />
          <Count name={words.candidates} count={answer.candidates.totalCount} />
          <Count name={words.indicators} count={answer.indicators.totalCount} />
        </dl>
      )}
      {!answer && !problem && <p role="status">{words.counting}</p>}
      {stats && stats.skillsOfRoles.nodes > 0 && (
        <p class="soft">
          {words.mean(number(Math.round(stats.skillsOfRoles.mean * 10) / 10), number(stats.skillsOfRoles.nodes))}{' '}
          {stats.silentRoles > 0 && words.silent(number(stats.silentRoles))}
        </p>
      )}
    </section>
  )
}

function Count({ name, count, to }: { name: string; count: number | null; to?: string }) {
  return (
    <div>
      <dt>{to ? <a href={to}>{name}</a> : name}</dt>
      <dd>{count === null ? '…' : number(count)}</dd>
    </div>
  )
}
