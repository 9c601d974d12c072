import './skill/skill.css'
import { useEffect, useRef } from 'preact/hooks'
import { go, href } from '../address'
import { useAnswer } from '../ask'
import { graphql } from '../generated'
import type { SkillPageQuery } from '../generated/graphql'
import type { ViewProps } from '../Page'
import { Picker } from '../parts/Picker'
import { Failed, Unknown } from '../parts/Problem'
import { minShareOf } from '../parts/ShareSlider'
import { useTitle } from '../parts/title'
import { both, skillName } from '../words'
import { About } from './skill/About'
import { Browse } from './skill/Browse'
import { Departments } from './skill/Departments'
import { Items } from './skill/Items'
import { Other } from './skill/Other'
import { Place } from './skill/Place'
import { Roles } from './skill/Roles'

const SkillPage = graphql(`
  query SkillPage($by: Lookup!) {
    skill(by: $by) {
      __typename
      ... on Skill {
        id
        name
        nameEn
        altNames
        altNamesEn
        type
        status
        definition
        exactMatch
        closeMatch
      }
      ...ProblemParts
    }
  }
`)

export type Found = Extract<SkillPageQuery['skill'], { __typename: 'Skill' }>

const words = both({
  title: ['技能', 'Skills'],
  lead: [
    '查找一个技能，或从下面选择：哪些岗位和部门需要它，出自何处。',
    'Find a skill, or choose one below: which roles and departments need it, and where that stands.',
  ],
  kind: ['技能', 'Skill'],
  find: ['查找技能', 'Find a skill'],
  other: ['查找其他技能', 'Find another skill'],
  all: ['浏览所有技能', 'Browse all skills'],
  waiting: ['查找中……', 'Looking …'],
})

/** One skill, whose id `path` holds or whose name is `?skill=`; without either, all skills to choose from. */
export function Skill({ address }: ViewProps) {
  const { path, query } = address
  const [id] = path
  const name = query.get('skill')
  const asked = Boolean(id || name)
  const { answer, problem, waiting } = useAnswer(SkillPage, id ? { by: { id } } : name ? { by: { name } } : null)
  const found = asked && answer?.skill.__typename === 'Skill' ? answer.skill : null
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef<string | null>(null)
  useTitle(found ? `${skillName(found)} · ${words.kind}` : words.title)

  // A name, or a former id, gives way to the id.
  useEffect(() => {
    if (!found || waiting || found.id === id) return
    const kept = Object.fromEntries([...new Set(query.keys())].map(option => [option, query.getAll(option)]))
    go(href('skill', [found.id], { ...kept, skill: null }), { replace: true })
  }, [found?.id, waiting])
  // Who has followed a link from skill to skill is led to the name of the other.
  useEffect(() => {
    if (asked && !found) return
    const now = found?.id ?? ''
    if (before.current !== null && before.current !== now) heading.current?.focus()
    before.current = now
  }, [asked, found?.id])

  return (
    <>
      <div class={asked ? 'skill-top aside' : 'skill-top'}>
        {found ? (
          <div>
            <p class="kind">{words.kind}</p>
            <h1 ref={heading} tabIndex={-1} lang={skillName(found) === found.name ? 'zh-CN' : 'en'}>
              {skillName(found)}
            </h1>
          </div>
        ) : (
          <h1>{words.title}</h1>
        )}
        {!asked && <p class="lead">{words.lead}</p>}
        <Picker
          key={asked ? 'other' : 'first'}
          label={asked ? words.other : words.find}
          kinds={['SKILL']}
          autofocus={!asked}
          onPick={({ id }) => go(href('skill', [id]))}
        />
      </div>
      {problem && <Failed problem={problem} />}
      {asked && answer && answer.skill.__typename !== 'Skill' && (
        <>
          <Unknown
            problem={answer.skill}
            href={meant => (/^skill:/.test(meant) ? href('skill', [meant]) : href('skill', [], { skill: meant }))}
          />
          {id && <Other id={id} />}
          <p>
            <a href={href('skill')}>{words.all}</a>
          </p>
        </>
      )}
      {found && (
        <div class={waiting ? 'answer stale' : 'answer'} aria-busy={waiting} key={found.id}>
          <About skill={found} />
          {found.status === 'CURATED' && <Place skill={found} />}
          <Roles skill={found} query={query} minShare={minShareOf(query)} />
          <Departments skill={found} open={query.get('open')} />
          <Items skill={found.id} />
        </div>
      )}
      {!asked && <Browse query={query} />}
      <p role="status" class="hidden">
        {waiting && words.waiting}
      </p>
    </>
  )
}
