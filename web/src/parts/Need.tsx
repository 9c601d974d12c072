import type { Necessity } from '../generated/graphql'
import { both, number } from '../words'
import { NECESSITIES } from './terms'

const words = both({
  of: [
    (n: string, all: string) => `${all} 个招聘帖中有 ${n} 个`,
    (n: string, all: string) => `in ${n} of ${all} ${all === '1' ? 'posting' : 'postings'}`,
  ],
})

/** How many of the postings of a role ask for a skill, told and as a bar. */
export function Need({ postings, all, necessity }: { postings: number; all: number; necessity?: Necessity }) {
  return (
    <span class="need">
      <meter min={0} max={all} value={postings} aria-hidden="true" />
      {words.of(number(postings), number(all))}
      {necessity === 'PREFERRED' && <small class="tag">{NECESSITIES.PREFERRED}</small>}
    </span>
  )
}
