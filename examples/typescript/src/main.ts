// npm start -- URL A B: which skills two roles share, which only one needs, and which are close.
import { ask, RequestFailed } from './client.js'
import { graphql } from './generated/gql.js'
import type { SharedSkillsQuery } from './generated/graphql.js'

const SHARED_SKILLS = graphql(`
  query SharedSkills($a: String!, $b: String!) {
    sharedSkills(a: $a, b: $b, evidence: 1) {
      __typename
      ... on SharedSkills {
        a { name }
        b { name }
        shared {
          skill { name }
          a { evidence { ...Words } }
          b { evidence { ...Words } }
        }
        onlyA { ...OfOne }
        onlyB { ...OfOne }
        related {
          skill { name }
          pairs {
            a { ...OfOne }
            b { ...OfOne }
          }
        }
      }
      ... on NotFound { name nearest }
      ... on Ambiguous { name choices { id name } }
    }
  }

  fragment OfOne on NeededSkill {
    skill { name }
    evidence { ...Words }
  }

  fragment Words on Evidence {
    before
    words
    after
    origin
    line
  }
`)

type Answer = SharedSkillsQuery['sharedSkills']
type Overlap = Extract<Answer, { __typename: 'SharedSkills' }>
type OfOne = Overlap['onlyA'][number]
type Words = OfOne['evidence'][number]

function* evidence(of: string, places: Words[]): Generator<string> {
  for (const { before, words, after, origin, line } of places) {
    yield `    ${of}: ${before}【${words}】${after}  ${origin}:${line}`
  }
}

function* section(title: string, of: string, skills: OfOne[]): Generator<string> {
  yield `${title} (${skills.length})`
  for (const { skill, evidence: places } of skills) {
    yield `  ${skill.name}`
    yield* evidence(of, places)
  }
}

function* table({ a, b, shared, onlyA, onlyB, related }: Overlap): Generator<string> {
  yield `共有 shared (${shared.length})`
  for (const both of shared) {
    yield `  ${both.skill.name}`
    yield* evidence(a.name, both.a.evidence)
    yield* evidence(b.name, both.b.evidence)
  }
  yield* section(`只有 only ${a.name}`, a.name, onlyA)
  yield* section(`只有 only ${b.name}`, b.name, onlyB)
  yield `相近 related (${related.length})`
  for (const meeting of related) {
    yield `  → ${meeting.skill.name}`
    for (const pair of meeting.pairs) {
      yield `   ${pair.a.skill.name} ~ ${pair.b.skill.name}`
      yield* evidence(a.name, pair.a.evidence)
      yield* evidence(b.name, pair.b.evidence)
    }
  }
}

/** Prints the answer; whether there was one. */
function show(answer: Answer): boolean {
  switch (answer.__typename) {
    case 'SharedSkills':
      console.log([...table(answer)].join('\n'))
      return true
    case 'NotFound':
      console.error(`没有 not found: ${answer.name}; 最接近 nearest: ${answer.nearest.join('、')}`)
      return false
    case 'Ambiguous':
      console.error(`不止一个 ambiguous: ${answer.name}`)
      for (const { id, name } of answer.choices) console.error(`  ${name}  ${id}`)
      return false
  }
}

const [url, a, b] = process.argv.slice(2)
if (!url || !a || !b) {
  console.error('npm start -- URL A B, as in: npm start -- http://127.0.0.1:8000/graphql 运营策划 数据分析')
  process.exit(2)
}
try {
  const { sharedSkills } = await ask(url, SHARED_SKILLS, { a, b })
  process.exitCode = show(sharedSkills) ? 0 : 1
} catch (error) {
  if (!(error instanceof RequestFailed || error instanceof TypeError)) throw error
  console.error(error.message, error.cause instanceof Error ? error.cause.message : '')
  process.exitCode = 3
}
