// What a move is asked with, and its address: /move/role:…/role:… or /move/skill:…,skill:…/role:…
import { href, type Address, type Query } from '../../address'

/** A role (or one's own skills) to move from, and one to move to: ids, or what somebody has typed. */
export interface Asked {
  start: string | null
  /** One's own skills; null where the move is from a role. */
  skills: readonly string[] | null
  target: string | null
}

export const isId = (text: string): boolean => /^(role|department|skill):./.test(text)

/** Words that stand side by side, as people write them. */
export function wordsIn(text: string): string[] {
  return text.split(/[,，、;；\n]/).map(word => word.trim()).filter(Boolean)
}

/** Ids stand in the path; names, and an id that has no start before it, in the query: from, to, skills. */
export function askedOf({ path, query }: Address): Asked {
  const [first = '', second] = path
  const typed = query.getAll('skills').flatMap(wordsIn)
  const chosen = first.startsWith('skill:') ? wordsIn(first) : []
  const own = chosen.length > 0 || typed.length > 0 || query.get('by') === 'skills'
  return {
    start: own ? null : first || query.get('from') || null,
    skills: own ? [...new Set([...chosen, ...typed])] : null,
    target: second || query.get('to') || null,
  }
}

/** The address of a move; `rest` is what else its query states. */
export function moveHref({ start, skills, target }: Asked, rest: Query = {}): string {
  const first = skills ? skills.filter(isId).join(',') : start && isId(start) ? start : ''
  const last = first && target && isId(target) ? [target] : []
  return href('move', first ? [first, ...last] : [], {
    ...rest,
    from: !skills && !first ? start : null,
    skills: skills?.filter(word => !isId(word)),
    by: skills?.length === 0 ? 'skills' : null,
    to: last.length ? null : target,
  })
}

/** The address of the move from one role to another. */
export function stepHref(from: string, to: string, rest: Query = {}): string {
  return moveHref({ start: from, skills: null, target: to }, rest)
}
