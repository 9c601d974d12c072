import { useRef } from 'preact/hooks'
import { useAnswer } from '../../ask'
import { Failed } from '../../parts/Problem'
import { Saves } from '../../parts/Saves'
import { both, skillName } from '../../words'
import type { Found } from '../Skill'
import { SkillAbove, upwards, type Upwards } from './above'
import { Below } from './Below'
import { Picture } from './Picture'
import { SkillLink } from './SkillLink'
import { byRoles, SkillBelow } from './twigs'

const words = both({
  title: ['在技能表中的位置', 'Place in the taxonomy'],
  top: ['这是技能表的最上层。', 'This is a top concept of the taxonomy.'],
  ways: ['上位技能', 'Broader skills'],
  narrower: ['下位技能', 'Narrower skills'],
  siblings: [(name: string) => `“${name}”下的其他技能`, (name: string) => `Other skills below “${name}”`],
  related: ['相关技能', 'Related skills'],
  file: ['的位置', ' in the taxonomy'],
})

/** Where a curated skill stands: the ways down to it, what is below, beside and related, as links and as a picture. */
export function Place({ skill }: { skill: Found }) {
  const up = useAnswer(SkillAbove, { id: skill.id })
  const down = useAnswer(SkillBelow, { root: skill.id })
  const picture = useRef<SVGSVGElement>(null)
  const known = up.answer && upwards(up.answer)
  const branch = down.answer?.taxonomy.__typename === 'Taxonomy' ? down.answer.taxonomy.branches[0] : undefined
  const parents = known?.above.filter(({ below }) => below.has(skill.id)) ?? []
  const problem = up.problem ?? down.problem
  return (
    <section>
      <h2>{words.title}</h2>
      {problem && <Failed problem={problem} />}
      {known && <Ways skill={skill} ways={known.ways} />}
      {known && branch && (
        <div class="skill-place">
          <div>
            <Picture
              innerRef={picture}
              skill={skill}
              roles={branch.roles}
              above={known.above}
              narrower={byRoles(branch.narrower)}
              related={known.related}
            />
            <Saves name={skillName(skill) + words.file} picture={() => picture.current} />
          </div>
          <div>
            {branch.narrower.length > 0 && <Below title={words.narrower} twigs={byRoles(branch.narrower)} open />}
            {parents.map(parent => (
              <Below key={parent.id} title={words.siblings(skillName(parent))} root={parent.id} but={skill.id} />
            ))}
            {known.related.length > 0 && (
              <>
                <h3>{words.related}</h3>
                <ul class="skill-list">
                  {known.related.map(other => (
                    <li key={other.id}>
                      <SkillLink skill={other} />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        </div>
      )}
    </section>
  )
}

/** Each way from the top down to the skill, a step a link. */
function Ways({ skill, ways }: { skill: Found; ways: Upwards['ways'] }) {
  if (!ways.length) return <p>{words.top}</p>
  return (
    <nav aria-label={words.ways}>
      {ways.slice(0, 6).map(({ steps, cut }) => (
        <ol key={steps.map(({ id }) => id).join()} class="skill-way">
          {cut && <li>…</li>}
          {steps.map(step => (
            <li key={step.id}>
              <SkillLink skill={step} />
            </li>
          ))}
          <li aria-current="page">{skillName(skill)}</li>
        </ol>
      ))}
    </nav>
  )
}
