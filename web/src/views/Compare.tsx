import './compare/compare.css'
import { useEffect, useRef } from 'preact/hooks'
import { go, href, withQuery } from '../address'
import { useAnswer } from '../ask'
import { graphql } from '../generated'
import type { CompareQuery } from '../generated/graphql'
import type { ViewProps } from '../Page'
import { Picker } from '../parts/Picker'
import { Failed, Unknown } from '../parts/Problem'
import { ShareSlider, minShareOf } from '../parts/ShareSlider'
import { useTitle } from '../parts/title'
import { both } from '../words'
import { Columns } from './compare/Columns'
import { Related } from './compare/Related'
import { Summary } from './compare/Summary'

const Compare_ = graphql(`
  query Compare($roles: [String!]!, $minShare: Float!) {
    compare(roles: $roles, minShare: $minShare) {
      __typename
      ... on Comparison {
        subjects {
          postings
          subject {
            __typename
            id
            name
          }
        }
        skills {
          skill {
            id
            name
            nameEn
            type
          }
          needs {
            postings
            share
            necessity
          }
        }
        pairs {
          a {
            id
          }
          b {
            id
          }
          measures {
            jaccard
            coverageA
            coverageB
          }
        }
      }
      ...ProblemParts
    }
  }
`)

export type Comparison = Extract<CompareQuery['compare'], { __typename: 'Comparison' }>

const MOST = 4

const words = both({
  title: ['岗位有哪些共同技能？', 'Which skills do roles share?'],
  lead: ['选择两到四个岗位或部门。', 'Choose two to four roles or departments.'],
  first: ['第一个岗位', 'First role'],
  second: ['第二个岗位', 'Second role'],
  more: ['再加一个岗位', 'One more role'],
  take: [(name: string) => `移除 ${name}`, (name: string) => `Remove ${name}`],
  versus: [' 与 ', ' and '],
  waiting: ['比较中……', 'Comparing …'],
  chosen: ['所选岗位', 'Chosen roles'],
})

/** Two to four roles: `path` holds their ids, `?role=` names. */
export function Compare({ address }: ViewProps) {
  const { path, query } = address
  const asked = [...path, ...query.getAll('role')].slice(0, MOST)
  const minShare = minShareOf(query)
  // A single one is compared with itself, which tells its name.
  const roles = asked.length === 1 ? [asked[0]!, asked[0]!] : asked
  const { answer, problem, waiting } = useAnswer(Compare_, roles.length ? { roles, minShare } : null)
  const found = asked.length && answer?.compare.__typename === 'Comparison' ? answer.compare : null
  const ids = found && [...new Set(found.subjects.map(({ subject }) => subject.id))]
  const names = found ? [...new Set(found.subjects.map(({ subject }) => subject.name))] : []
  const heading = useRef<HTMLHeadingElement>(null)
  const picked = useRef(false)
  useTitle(asked.length > 1 && names.length > 1 ? names.join(words.versus) : words.title)

  const rest = { minShare: minShare || null, lang: query.get('lang'), skill: query.get('skill') }
  const of = (ids: string[]): string => href('compare', ids, rest)
  useEffect(() => {
    if (ids && ids.join() !== path.join() && ids.length === new Set(asked).size) go(of(ids), { replace: true })
  }, [ids?.join()])
  // Who has chosen the second is led to the answer: the next key that moves on comes to its first skill.
  useEffect(() => {
    if (picked.current && found && found.subjects.length === asked.length && asked.length > 1) {
      picked.current = false
      heading.current?.focus()
    }
  }, [found])

  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <div class="chosen" role="group" aria-label={words.chosen}>
        {asked.map((each, index) => {
          const name = (ids?.length === asked.length && names[index]) || (/^\w+:/.test(each) ? '…' : each)
          return (
            <span key={each} class="chip">
              <span lang="zh-CN">{name}</span>
              <a class="take" href={of(asked.filter(other => other !== each))} aria-label={words.take(name)}>
                ×
              </a>
            </span>
          )
        })}
        {asked.length < MOST && (
          <Picker
            key={asked.length}
            label={[words.first, words.second][asked.length] ?? words.more}
            kinds={['ROLE', 'DEPARTMENT']}
            autofocus={asked.length < 2}
            onPick={({ id }) => {
              picked.current = asked.length > 0
              if (!asked.includes(id)) go(of([...asked, id]))
            }}
          />
        )}
      </div>
      {problem && <Failed problem={problem} />}
      {answer && answer.compare.__typename !== 'Comparison' && (
        <Unknown
          problem={answer.compare}
          href={meant => {
            const { name } = answer.compare as { name: string }
            const changed = asked.map(each => (each === name ? meant : each))
            return href('compare', [], { ...rest, role: changed })
          }}
        />
      )}
      {asked.length > 1 && found && found.subjects.length > 1 && (
        <section class={waiting ? 'answer stale' : 'answer'} aria-busy={waiting}>
          <h2 ref={heading} tabIndex={-1}>
            {names.join(words.versus)}
          </h2>
          <Columns found={found} minShare={minShare} open={query.get('skill')} />
          <ShareSlider value={minShare} onChange={minShare => go(withQuery({ minShare: minShare || null }), { replace: true })} />
          <Summary found={found} />
          <Related found={found} minShare={minShare} />
        </section>
      )}
      <p role="status" class="hidden">
        {waiting && words.waiting}
      </p>
    </>
  )
}
