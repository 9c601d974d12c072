import { go, href, withQuery } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { SkillRolesQuery } from '../../generated/graphql'
import { Need } from '../../parts/Need'
import { Failed } from '../../parts/Problem'
import { ShareSlider } from '../../parts/ShareSlider'
import { both, number, skillName } from '../../words'
import type { Found } from '../Skill'
import { useLengthened } from './lengthen'
import { Places, SourcesButton } from './Places'
import { RolesTable } from './RolesTable'

export const SkillRoles = graphql(`
  query SkillRoles($skill: String!, $k: Int!, $narrower: Boolean!, $minShare: Float!) {
    rolesRequiring(skill: $skill, k: $k, narrower: $narrower, minShare: $minShare, candidates: true, evidence: 0) {
      __typename
      ... on RolesRequiring {
        count
        roles {
          role {
            id
            name
          }
          needs {
            postings
            share
            items
            necessity
            skill {
              id
              name
              nameEn
            }
          }
        }
      }
    }
  }
`)

type Requiring = Extract<SkillRolesQuery['rolesRequiring'], { __typename: 'RolesRequiring' }>['roles'][number]

/** Of how many postings a share is one: the schema tells the share and how many ask. */
export function postingsOf({ postings, share }: { postings: number; share: number }): number {
  return share > 0 ? Math.round(postings / share) : postings
}

const words = both({
  title: ['需要它的岗位', 'Roles that need it'],
  narrower: ['也计入只需要其下位技能的岗位', 'Also roles that need only a narrower skill'],
  none: ['没有岗位需要它。', 'No role needs it.'],
  noneShare: ['没有岗位达到此比例。', 'No role reaches this share.'],
  pick: [(name: string) => `选择 ${name} 以便对比`, (name: string) => `Choose ${name} for a comparison`],
  compare: [(n: string) => `对比所选的 ${n} 个岗位`, (n: string) => `Compare the ${n} chosen roles`],
  choose: ['勾选两到四个岗位即可对比。', 'Tick two to four roles to compare them.'],
  more: [(n: string) => `再显示 ${n} 个`, (n: string) => `Show ${n} more`],
  most: ['这里最多显示前 1,000 个岗位；提高比例可缩小范围。', 'At most the first 1,000 roles are shown; a greater share narrows them down.'],
  others: [(n: string) => `另有 ${n} 个下位技能`, (n: string) => `and ${n} more narrower skills`],
  waiting: ['查找中……', 'Looking …'],
})

const PAGE = 20
const MOST = 1_000
const COMPARED = 4
const SKILLS = 3

/** The roles that need a skill: how much, in which sentences; some of them to compare. */
export function Roles({ skill, query, minShare }: { skill: Found; query: URLSearchParams; minShare: number }) {
  const narrower = query.get('narrower') !== '0' && skill.status === 'CURATED'
  const asked = Number(query.get('k'))
  const k = Number.isInteger(asked) && asked > PAGE ? Math.min(asked, MOST) : PAGE
  const step = k < 100 ? PAGE : 100
  const chosen = query.getAll('pick').slice(0, COMPARED)
  const { answer, problem, waiting } = useAnswer(SkillRoles, { skill: skill.id, k, narrower, minShare })
  const found = answer?.rolesRequiring.__typename === 'RolesRequiring' ? answer.rolesRequiring : null
  const set = (changed: Parameters<typeof withQuery>[0]): void => go(withQuery(changed), { replace: true })
  const picked = (id: string): string[] =>
    chosen.includes(id) ? chosen.filter(each => each !== id) : [...chosen, id]
  const { list, told } = useLengthened<HTMLOListElement>(found?.roles.length ?? 0)
  const left = found ? Math.min(found.count, MOST) - found.roles.length : 0
  return (
    <section aria-busy={waiting}>
      <h2>
        {words.title} {found && <span class="count">{number(found.count)}</span>}
      </h2>
      <div class="skill-options">
        {skill.status === 'CURATED' && (
          <label class="skill-check">
            <input
              type="checkbox"
              checked={narrower}
              onChange={() => set({ narrower: narrower ? 0 : null, k: null })}
            />
            {words.narrower}
          </label>
        )}
        <ShareSlider value={minShare} onChange={minShare => set({ minShare: minShare || null, k: null })} />
      </div>
      {problem && <Failed problem={problem} />}
      {found?.count === 0 && <p class="none">{minShare ? words.noneShare : words.none}</p>}
      {found && found.count > 0 && (
        <>
          {found.count > 1 && (
            <p class="skill-compare">
              {chosen.length > 1 ? (
                <a class="chip" href={href('compare', chosen, { minShare: minShare || null })}>
                  {words.compare(number(chosen.length))}
                </a>
              ) : (
                words.choose
              )}
            </p>
          )}
          <ol class="skill-roles" ref={list}>
            {found.roles.map(each => (
              <Line
                key={each.role.id}
                of={each}
                skill={skill}
                open={query.get('open') === each.role.id}
                chosen={chosen.includes(each.role.id)}
                full={chosen.length === COMPARED}
                onPick={found.count > 1 ? () => set({ pick: picked(each.role.id) }) : null}
                onToggle={() => set({ open: query.get('open') === each.role.id ? null : each.role.id })}
              />
            ))}
          </ol>
          {left > 0 && (
            <button type="button" onClick={() => (told(), set({ k: Math.min(k + step, MOST) }))}>
              {words.more(number(Math.min(left, step)))}
            </button>
          )}
          {found.count > MOST && k === MOST && <p>{words.most}</p>}
          <RolesTable skill={skill} narrower={narrower} minShare={minShare} />
        </>
      )}
      <p class="hidden" role="status">
        {waiting ? words.waiting : found && `${words.title}: ${number(found.count)}`}
      </p>
    </section>
  )
}

interface LineProps {
  of: Requiring
  skill: Found
  open: boolean
  chosen: boolean
  full: boolean
  /** Null where there is nothing to compare it with. */
  onPick: (() => void) | null
  onToggle: () => void
}

/** A role: how it needs the skill, or those below; its sentences once it is opened. */
function Line({ of: { role, needs }, skill, open, chosen, full, onPick, onToggle }: LineProps) {
  const itself = needs.filter(need => need.skill.id === skill.id)
  const ordered = [...itself, ...needs.filter(need => need.skill.id !== skill.id)]
  const alone = itself.length === 1 && needs.length === 1
  return (
    <li>
      <div class="skill-role">
        {onPick && (
          <input
            type="checkbox"
            checked={chosen}
            disabled={full && !chosen}
            aria-label={words.pick(role.name)}
            onChange={onPick}
          />
        )}
        <a href={href('role', [role.id])} lang="zh-CN">
          {role.name}
        </a>
        <SourcesButton name={role.name} open={open} onToggle={onToggle} />
      </div>
      {ordered.slice(0, open ? undefined : SKILLS).map(need => (
        <p key={need.skill.id} class="of">
          {!alone && <span>{skillName(need.skill)}: </span>}
          <Need postings={need.postings} all={postingsOf(need)} necessity={need.necessity} />
        </p>
      ))}
      {!open && needs.length > SKILLS && <p class="of">{words.others(number(needs.length - SKILLS))}</p>}
      {open && <Places subject={role.id} skills={ordered.map(({ skill }) => skill)} />}
    </li>
  )
}
