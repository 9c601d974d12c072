import { graphql } from '../generated'
import type { EvidencePartsFragment } from '../generated/graphql'
import { both } from '../words'
import { NECESSITIES, placed } from './terms'

export const EvidenceParts = graphql(`
  fragment EvidenceParts on Evidence {
    text
    startUtf16
    endUtf16
    origin
    heading
    line
    necessity
    posting {
      id
      title
      organization
    }
    item {
      id
    }
  }
`)

const words = both({ none: ['没有出处。', 'No place is known.'] })

/** The sentences that ask for a skill, its words marked, each with its document and line. */
export function Evidence({ places }: { places: EvidencePartsFragment[] }) {
  if (!places.length) return <p>{words.none}</p>
  return (
    <ul class="evidence">
      {places.map(place => (
        <li key={`${place.posting.id} ${place.item.id} ${place.startUtf16}`}>
          <blockquote lang="zh-CN">
            {place.text.slice(0, place.startUtf16)}
            <mark>{place.text.slice(place.startUtf16, place.endUtf16)}</mark>
            {place.text.slice(place.endUtf16)}
          </blockquote>
          <cite>
            <span lang="zh-CN">{[place.posting.organization, place.posting.title, place.heading].filter(Boolean).join(' · ')}</span>{' '}
            {placed(place)}
            {place.necessity === 'PREFERRED' && <> · {NECESSITIES.PREFERRED}</>}
          </cite>
        </li>
      ))}
    </ul>
  )
}
