import { both, number, percent } from '../../words'
import { skillsOf, type Comparison } from './question'

const words = both({
  title: ['重合度', 'How much they share'],
  covers: [
    (share: string, n: string, all: string, a: string, b: string) => `${a}的 ${all} 个技能中，${n} 个（${share}）${b}也需要。`,
    (share: string, n: string, all: string, a: string, b: string) =>
      `Of the ${all} skills of ${a}, ${n} (${share}) are needed by ${b} too.`,
  ],
  whole: [
    (share: string, all: string) => `两者一共需要 ${all} 个技能，共有的占 ${share}。`,
    (share: string, all: string) => `Together they need ${all} skills, of which they share ${share}.`,
  ],
  both: ['岗位', 'Roles'],
  shared: ['共有', 'Shared'],
  all: ['占两者全部', 'Of all skills of both'],
  a: ['占前者', 'Of the first'],
  b: ['占后者', 'Of the second'],
  weighted: ['加权', 'weighted'],
  how: [
    '“加权”让少见的技能更重：几乎每个岗位都要的（如沟通能力）不大说明问题，只有少数岗位才要的更能说明两者相近。' +
      '加权的比例更低，说明共有的多是常见技能；更高，说明共有的多是少见技能。',
    '“Weighted” lets rare skills count for more: what nearly every role asks for, such as communication, says little, and ' +
      'what few ask for says more. A lower weighted share means that mostly common skills are shared; a higher one, rare ones.',
  ],
  versus: [' 与 ', ' and '],
})

/** How much each two of them share, in words and figures, plain and weighted by how rare the skills are. */
export function Measures({ found }: { found: Comparison }) {
  const place = (id: string): number => found.subjects.findIndex(({ subject }) => subject.id === id)
  const pairs = found.pairs.map(pair => {
    const [a, b] = [place(pair.a.id), place(pair.b.id)]
    const shared = found.skills.filter(({ needs }) => needs[a] && needs[b]).length
    return { ...pair.measures, key: `${a} ${b}`, shared, a, b, all: skillsOf(found, a) + skillsOf(found, b) - shared }
  })
  const name = (index: number): string => found.subjects[index]?.subject.name ?? ''
  const first = pairs.length === 1 ? pairs[0] : undefined
  const told = (a: number, b: number, share: number | null | undefined, shared: number): string =>
    words.covers(percent(share), number(shared), number(skillsOf(found, a)), name(a), name(b))
  return (
    <section class="measures">
      <h3>{words.title}</h3>
      {first && (
        <ul>
          <li>{told(first.a, first.b, first.coverageA, first.shared)}</li>
          <li>{told(first.b, first.a, first.coverageB, first.shared)}</li>
          <li>{words.whole(percent(first.jaccard), number(first.all))}</li>
        </ul>
      )}
      <div class="scroll" tabIndex={0} role="region" aria-label={words.title}>
        <table>
          <thead>
            <tr>
              {[words.both, words.shared, words.all, words.a, words.b].map((head, index) => (
                <th key={head} scope="col" class={index ? 'figure' : undefined}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pairs.map(pair => (
              <tr key={pair.key}>
                <th scope="row" lang="zh-CN">
                  {name(pair.a) + words.versus + name(pair.b)}
                </th>
                <td class="figure">{number(pair.shared)}</td>
                <Both plain={pair.jaccard} weighted={pair.weightedJaccard} />
                <Both plain={pair.coverageA} weighted={pair.weightedCoverageA} />
                <Both plain={pair.coverageB} weighted={pair.weightedCoverageB} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="soft">{words.how}</p>
    </section>
  )
}

function Both({ plain, weighted }: { plain: number | null | undefined; weighted: number | null | undefined }) {
  return (
    <td class="figure">
      {percent(plain)}
      <br />
      <small>
        {words.weighted} {percent(weighted)}
      </small>
    </td>
  )
}
