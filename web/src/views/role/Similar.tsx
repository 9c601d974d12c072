import { href } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { Failed } from '../../parts/Problem'
import { both, number, percent, skillName } from '../../words'
import { Part } from './Part'
import { titles } from './titles'

const RoleSimilar = graphql(`
  query RoleSimilar($id: String!) {
    similarRoles(role: $id, k: 8) {
      __typename
      ... on SimilarRoles {
        roles {
          score
          inCommon
          role {
            id
            name
          }
          shared {
            id
            name
            nameEn
          }
        }
      }
    }
  }
`)

const words = both({
  waiting: ['查找相似岗位……', 'Looking for similar roles …'],
  none: ['没有共有技能的岗位。', 'No role shares a skill.'],
  score: [(share: string) => `相似度 ${share}`, (share: string) => `${share} alike`],
  common: [(n: string) => `${n} 个共有技能：`, (n: string) => (n === '1' ? '1 skill in common: ' : `${n} skills in common: `)],
  compare: ['对比', 'Compare'],
  compareWith: [(name: string) => `与 ${name} 对比`, (name: string) => `Compare with ${name}`],
  move: ['转岗', 'Move'],
  moveTo: [(name: string) => `转岗到 ${name}`, (name: string) => `Move to ${name}`],
  comma: ['、', ', '],
})

const SHOWN = 6

/** The roles whose skills are most alike, each with what it shares. */
export function Similar({ id }: { id: string }) {
  const { answer, problem } = useAnswer(RoleSimilar, { id })
  const roles = answer?.similarRoles.__typename === 'SimilarRoles' ? answer.similarRoles.roles : null
  return (
    <Part id="similar" title={titles.similar}>
      {problem && <Failed problem={problem} />}
      {!roles && !problem && <p role="status">{words.waiting}</p>}
      {roles?.length === 0 && <p class="none">{words.none}</p>}
      <ul class="role-similar">
        {roles?.map(({ role, score, inCommon, shared }) => (
          <li key={role.id}>
            <p>
              <a href={href('role', [role.id])} lang="zh-CN">
                <strong>{role.name}</strong>
              </a>{' '}
              <meter min={0} max={1} value={score} aria-hidden="true" /> <span class="soft">{words.score(percent(score))}</span>
            </p>
            <p class="of">
              {words.common(number(inCommon))}
              {shared.slice(0, SHOWN).map(skillName).join(words.comma)}
              {shared.length > SHOWN && ' …'}
            </p>
            <p class="actions">
              <a href={href('compare', [id, role.id])} aria-label={words.compareWith(role.name)}>
                {words.compare}
              </a>
              <a href={href('move', [id, role.id])} aria-label={words.moveTo(role.name)}>
                {words.move}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </Part>
  )
}
