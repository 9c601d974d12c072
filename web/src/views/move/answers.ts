import { useEffect, useRef } from 'preact/hooks'
import { go, type Query } from '../../address'
import { useAnswer, type NoAnswer } from '../../ask'
import type { ProblemPartsFragment } from '../../generated/graphql'
import { minShareOf } from '../../parts/ShareSlider'
import { moveHref, type Asked } from './asked'
import { heldIn } from './held'
import type { Around } from './Onward'
import { MoveAround, MoveGap, MoveMatches, type Gap } from './questions'

/** What an id is called; of words that were not understood, the names of the skills nearest to them. */
export interface Named {
  name: string
  nameEn?: string | null
  nearest?: readonly string[]
}

interface Answers {
  gap: Gap | null
  /** Of a role that is alone yet, or both ends of the move. */
  around: Around | null
  /** The roles nearest to one's own skills. */
  matches: Around['roles'] | null
  unknown: ProblemPartsFragment | null
  problem: NoAnswer | null
  waiting: boolean
  known: Map<string, Named>
}

/** Asks for as much as is chosen, and puts ids into the address for the names in it. */
export function useAnswers(asked: Asked, query: URLSearchParams): Answers {
  const { start, skills, target } = asked
  const minShare = minShareOf(query)
  const own = skills?.length ? [...skills] : null
  const from = own ? { skills: own } : start ? { role: start } : null
  const both = from !== null && target !== null && start !== target
  const single = both || own ? null : (start ?? target)

  const gap = useAnswer(MoveGap, both ? { start: from, target, held: heldIn(query), minShare } : null)
  const matched = useAnswer(MoveMatches, own ? { skills: own, minShare } : null)
  const around = useAnswer(MoveAround, single ? { role: single } : null)

  const answers = [gap.answer?.skillGap, around.answer?.similarRoles, matched.answer?.matchRoles]
  const found = answers.find(each => each?.__typename === 'SkillGap') ?? null
  const near = answers.find(each => each?.__typename === 'SimilarRoles') ?? null
  const matches = answers.find(each => each?.__typename === 'RoleMatches') ?? null
  const unknown = answers.find(each => each?.__typename === 'NotFound' || each?.__typename === 'Ambiguous') ?? null
  const states = [gap, matched, around]
  const waiting = states.some(each => each.waiting)
  const understood = own && (found?.own ? { own: found.own, unresolved: found.unresolved } : matches)

  const known = useRef(new Map<string, Named>()).current
  for (const each of [found?.start, found?.target, near?.subject, ...(understood?.own ?? [])]) if (each) known.set(each.id, each)
  for (const { words, nearest } of understood?.unresolved ?? []) known.set(words, { name: words, nearest })

  useEffect(() => {
    if (waiting || unknown) return
    const told: Asked = {
      start: start && (found?.start?.id ?? near?.subject.id ?? start),
      skills: own && understood ? resolved(own, understood) : skills,
      target: target && (found?.target.id ?? near?.subject.id ?? target),
    }
    if (JSON.stringify(told) !== JSON.stringify(asked)) go(moveHref(told, restOf(query)), { replace: true })
  }, [waiting, ...answers])

  return {
    gap: found,
    around: near,
    matches: matches && matches.roles,
    unknown,
    problem: states.find(each => each.problem)?.problem ?? null,
    waiting,
    known,
  }
}

type Understood = Pick<Gap, 'unresolved'> & { own: readonly { id: string }[] }

/** One's own skills as they were understood: the ids that were given, those that words stand for, and the other words. */
function resolved(skills: readonly string[], { own, unresolved }: Understood): string[] {
  const ids = own.map(({ id }) => id)
  const given = skills.filter(each => ids.includes(each))
  return [...new Set([...given, ...ids, ...unresolved.map(({ words }) => words)])]
}

/** All that a query states besides what is asked, less the names that are left out. */
export function restOf(query: URLSearchParams, ...out: string[]): Query {
  const left = new Set(['from', 'to', 'skills', 'by', ...out])
  const names = [...new Set(query.keys())].filter(name => !left.has(name))
  return Object.fromEntries(names.map(name => [name, query.getAll(name)]))
}
