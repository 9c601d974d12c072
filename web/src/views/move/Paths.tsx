import { useRef } from 'preact/hooks'
import { go, withQuery, type Query } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { MovePathsQuery } from '../../generated/graphql'
import { Failed } from '../../parts/Problem'
import { Saves } from '../../parts/Saves'
import { both, number, skillName } from '../../words'
import { Picture } from './Picture'
import type { Gap } from './questions'
import { cost, stepWords, Steps } from './Steps'

const MovePaths = graphql(`
  query MovePaths($start: String!, $target: String!, $minShare: Float!) {
    careerPaths(start: $start, target: $target, k: 3, minShare: $minShare) {
      __typename
      ... on CareerPaths {
        paths {
          cost
          steps {
            from {
              id
              name
            }
            to {
              id
              name
              described
            }
            cost
            basis
            lacking
            lacks {
              id
              name
              nameEn
            }
            stated {
              words
              origin
              line
            }
          }
        }
      }
      ...ProblemParts
    }
  }
`)

export type Path = Extract<MovePathsQuery['careerPaths'], { __typename: 'CareerPaths' }>['paths'][number]
export type Step = Path['steps'][number]

const words = both({
  title: ['经由其他岗位的路径', 'The way over other roles'],
  reading: ['查找路径……', 'Looking for ways …'],
  none: ['没有找到不超过四步的路径。', 'No way of at most four steps was found.'],
  roles: ['路径只在岗位之间，部门没有。', 'There are ways between roles only, not from or to departments.'],
  which: ['选择路径', 'Choose a way'],
  steps: [(n: number) => `${number(n)} 步`, (n: number) => (n === 1 ? '1 step' : `${number(n)} steps`)],
  cost: [(n: string) => `代价 ${n}`, (n: string) => `cost ${n}`],
  stated: [(n: number) => `${number(n)} 步有文档说明`, (n: number) => `${number(n)} stated in documents`],
  about: [
    '一步的代价是下一岗位所需技能中所缺的比例，部分具备的也算缺，越少岗位需要的技能计得越多；有文档说明的减半。代价小的路径在前。',
    'The cost of a step is the share of the next role’s skills that is lacking, also in part, rarer skills counting for more; half where a document states the step. The cheapest way comes first.',
  ],
  number: ['步', 'step'],
  from: ['从', 'from'],
  to: ['到', 'to'],
  basis: ['根据', 'basis'],
  costs: ['代价', 'cost'],
  lacking: ['所缺技能数', 'skills lacking'],
  lacks: ['所缺技能', 'which'],
  place: ['出处', 'source'],
})

interface PathsProps {
  found: Gap
  minShare: number
  /** Which of the ways is shown, from 1. */
  chosen: number
  /** What the addresses of the moves of single steps keep of this one's query. */
  rest: Query
  /** What the files are called. */
  name: string
}

/** The cheapest ways from role to role, of which one is drawn and told step by step. */
export function Paths({ found, minShare, chosen, rest, name }: PathsProps) {
  const ends = [found.start?.id ?? '', found.target.id] as const
  const roles = ends.every(id => id.startsWith('role:'))
  const { answer, problem } = useAnswer(MovePaths, roles ? { start: ends[0], target: ends[1], minShare } : null)
  const picture = useRef<SVGSVGElement>(null)
  const paths = answer?.careerPaths.__typename === 'CareerPaths' ? answer.careerPaths.paths : null
  const path = paths?.[chosen - 1] ?? paths?.[0]
  return (
    <section class="move-paths">
      <h3>{words.title}</h3>
      {problem && <Failed problem={problem} />}
      {!roles && <p class="none">{words.roles}</p>}
      {roles && !answer && !problem && <p role="status">{words.reading}</p>}
      {paths?.length === 0 && <p class="none">{words.none}</p>}
      {paths && paths.length > 1 && (
        <fieldset class="move-choice">
          <legend>{words.which}</legend>
          {paths.map((each, index) => (
            <label key={index}>
              <input
                type="radio"
                name="path"
                checked={each === path}
                onChange={() => go(withQuery({ path: index ? index + 1 : null }), { replace: true })}
              />
              <span>
                <span lang="zh-CN">{namesOf(each).join(' → ')}</span> <small>{summary(each)}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {path && (
        <>
          {paths?.length === 1 && <p>{summary(path)}</p>}
          <div class="move-path">
            <Picture path={path} names={namesOf(path)} picture={picture} />
            <Steps path={path} rest={rest} />
          </div>
          <p class="soft">{words.about}</p>
          <Saves name={name} picture={() => picture.current} table={() => table(path)} />
        </>
      )}
    </section>
  )
}

/** The roles of a path, from the first to the last. */
function namesOf({ steps }: Path): string[] {
  return [...steps.slice(0, 1).map(({ from }) => from.name), ...steps.map(({ to }) => to.name)]
}

function summary({ steps, cost: whole }: Path): string {
  const stated = steps.filter(({ basis }) => basis === 'STATED').length
  return [words.steps(steps.length), words.cost(cost(whole)), ...(stated ? [words.stated(stated)] : [])].join(' · ')
}

function table({ steps }: Path): (string | number | null)[][] {
  return [
    [words.number, words.from, words.to, words.basis, words.costs, words.lacking, words.lacks, words.place],
    ...steps.map((step, index) => [
      index + 1,
      step.from.name,
      step.to.name,
      stepWords[step.basis],
      cost(step.cost),
      step.to.described ? step.lacking : null,
      step.lacks.map(skillName).join('、'),
      step.stated.map(({ words, origin, line }) => `${words} (${origin}:${line})`).join(' | '),
    ]),
  ]
}
