import { useId } from 'preact/hooks'
import { go, withQuery } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { SkillType } from '../../generated/graphql'
import { Failed } from '../../parts/Problem'
import { Saves } from '../../parts/Saves'
import { SKILL_TYPES } from '../../parts/terms'
import { both, number, percent, skillName } from '../../words'
import { useLengthened } from './lengthen'
import { SkillLink } from './SkillLink'

const SkillHubs = graphql(`
  query SkillHubs($k: Int!, $type: SkillType, $rollup: Boolean!) {
    hubSkills(k: $k, type: $type, rollup: $rollup) {
      __typename
      ... on HubSkills {
        skills {
          roles
          share
          skill {
            id
            name
            nameEn
            type
          }
        }
      }
    }
  }
`)

const words = both({
  title: ['最多岗位需要的技能', 'Skills that most roles need'],
  type: ['类型', 'Type'],
  every: ['全部', 'all'],
  rollup: ['需要下位技能的岗位也计入上位技能', 'Count a role for all that is broader, too'],
  skill: ['技能', 'Skill'],
  roles: ['岗位', 'Roles'],
  share: ['占岗位的比例', 'Share of the roles'],
  more: ['再显示一些', 'Show more'],
  none: ['没有岗位需要此类技能。', 'No role needs such a skill.'],
})

const PAGE = 20
const MOST = 1_000
const TYPES = Object.keys(SKILL_TYPES) as SkillType[]

/** The skills that most roles need, of a type or of all, as a table with bars. */
export function Hubs({ query }: { query: URLSearchParams }) {
  const type = TYPES.find(each => each === query.get('type')) ?? null
  const id = useId()
  const rollup = query.get('rollup') === '1'
  const asked = Number(query.get('k'))
  const k = Number.isInteger(asked) && asked > PAGE ? Math.min(asked, MOST) : PAGE
  const { answer, problem, waiting } = useAnswer(SkillHubs, { k, type, rollup })
  const found = answer?.hubSkills.__typename === 'HubSkills' ? answer.hubSkills.skills : null
  const { list, told } = useLengthened<HTMLTableSectionElement>(found?.length ?? 0)
  const set = (changed: Parameters<typeof withQuery>[0]): void => go(withQuery(changed), { replace: true })
  return (
    <section class={waiting ? 'stale' : ''} aria-busy={waiting}>
      <h2>{words.title}</h2>
      <div class="skill-options">
        <span>
          <label for={id}>{words.type}</label>{' '}
          <select id={id} value={type ?? ''} onChange={event => set({ type: event.currentTarget.value || null, k: null })}>
            <option value="">{words.every}</option>
            {TYPES.map(each => (
              <option key={each} value={each}>
                {SKILL_TYPES[each]}
              </option>
            ))}
          </select>
        </span>
        <label class="skill-check">
          <input type="checkbox" checked={rollup} onChange={() => set({ rollup: rollup ? null : 1 })} />
          {words.rollup}
        </label>
      </div>
      {problem && <Failed problem={problem} />}
      {found?.length === 0 && <p class="none">{words.none}</p>}
      {found && found.length > 0 && (
        <>
          <div class="scroll" tabIndex={0} role="region" aria-label={words.title}>
            <table class="skill-hubs">
              <thead>
                <tr>
                  <th scope="col">{words.skill}</th>
                  <th scope="col">{words.type}</th>
                  <th scope="col" class="figure">
                    {words.roles}
                  </th>
                  <th scope="col">{words.share}</th>
                </tr>
              </thead>
              <tbody ref={list}>
                {found.map(({ skill, roles, share }) => (
                  <tr key={skill.id}>
                    <th scope="row">
                      <SkillLink skill={skill} />
                    </th>
                    <td>{SKILL_TYPES[skill.type]}</td>
                    <td class="figure">{number(roles)}</td>
                    <td class="need">
                      <meter min={0} max={1} value={share} aria-hidden="true" />
                      {percent(share)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {found.length === k && k < MOST && (
            <button type="button" onClick={() => (told(), set({ k: Math.min(k < 100 ? k + PAGE : k + 100, MOST) }))}>
              {words.more}
            </button>
          )}
          <Saves
            name={words.title}
            table={() => [
              [words.skill, 'id', words.type, words.roles, words.share],
              ...found.map(({ skill, roles, share }) => {
                const part = Math.round(share * 1_000) / 1_000
                return [skillName(skill), skill.id, SKILL_TYPES[skill.type], roles, part]
              }),
            ]}
          />
        </>
      )}
    </section>
  )
}
