import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { Evidence } from '../../parts/Evidence'
import { Failed } from '../../parts/Problem'
import { both, skillName } from '../../words'

const SkillPlaces = graphql(`
  query SkillPlaces($subject: String!) {
    skillProfile(role: $subject, candidates: true, evidence: 10) {
      __typename
      ... on SkillProfile {
        skills {
          skill {
            id
          }
          evidence {
            ...EvidenceParts
          }
        }
      }
    }
  }
`)

const words = both({
  reading: ['查找出处……', 'Looking for the places …'],
  places: ['出处', 'Sources'],
  placesOf: [(name: string) => `${name}：出处`, (name: string) => `${name}: sources`],
})

interface SourcesButtonProps {
  /** The role's or department's. */
  name: string
  open: boolean
  onToggle: () => void
}

/** Opens and closes the sentences of a role or department. */
export function SourcesButton({ name, open, onToggle }: SourcesButtonProps) {
  return (
    <button type="button" class="skill-fold" aria-expanded={open} aria-label={words.placesOf(name)} onClick={onToggle}>
      {words.places}
    </button>
  )
}

interface PlacesProps {
  /** The id of a role or department. */
  subject: string
  skills: readonly { id: string; name: string; nameEn?: string | null }[]
}

/** The sentences of a role or department that ask for some skills, asked for once they are opened. */
export function Places({ subject, skills }: PlacesProps) {
  const { answer, problem } = useAnswer(SkillPlaces, { subject })
  if (problem) return <Failed problem={problem} />
  if (answer?.skillProfile.__typename !== 'SkillProfile') return <p role="status">{words.reading}</p>
  const known = new Map(answer.skillProfile.skills.map(({ skill, evidence }) => [skill.id, evidence]))
  return (
    <div class="opened">
      {skills.map(skill => (
        <div key={skill.id}>
          {skills.length > 1 && <h3>{skillName(skill)}</h3>}
          <Evidence places={known.get(skill.id) ?? []} />
        </div>
      ))}
    </div>
  )
}
