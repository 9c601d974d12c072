import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { Evidence } from '../../parts/Evidence'
import { Need } from '../../parts/Need'
import { Failed } from '../../parts/Problem'
import { both } from '../../words'

const MovePlaces = graphql(`
  query MovePlaces($role: String!, $minShare: Float!) {
    skillProfile(role: $role, minShare: $minShare, evidence: 5) {
      __typename
      ... on SkillProfile {
        postings
        skills {
          skill {
            id
          }
          postings
          necessity
          evidence {
            ...EvidenceParts
          }
        }
      }
    }
  }
`)

const words = both({ reading: ['查找出处……', 'Looking for the places …'] })

interface PlacesProps {
  role: { id: string; name: string }
  /** The id of the skill. */
  skill: string
  minShare: number
}

/** The sentences of a role that ask for a skill. */
export function Places({ role, skill, minShare }: PlacesProps) {
  const { answer, problem } = useAnswer(MovePlaces, { role: role.id, minShare })
  if (problem) return <Failed problem={problem} />
  if (answer?.skillProfile.__typename !== 'SkillProfile') return <p role="status">{words.reading}</p>
  const { postings, skills } = answer.skillProfile
  const need = skills.find(each => each.skill.id === skill)
  return (
    <section>
      <h4 lang="zh-CN">{role.name}</h4>
      {need && (
        <p class="of">
          <Need postings={need.postings} all={postings} necessity={need.necessity} />
        </p>
      )}
      <Evidence places={need?.evidence ?? []} />
    </section>
  )
}
