// What a search box suggests for the text in it.
import { ask } from '../ask'
import { graphql } from '../generated'
import type { FindKind, PickQuery } from '../generated/graphql'

const Pick = graphql(`
  query Pick($text: String!, $kinds: [FindKind!]!) {
    find(text: $text, kinds: $kinds, k: 8) {
      id
      kind
      label
      name
      content
      score
      status
      node {
        ... on Skill {
          nameEn
        }
        ... on Role {
          described
        }
      }
    }
  }
`)

export type Picked = PickQuery['find'][number]

/** What can be chosen at once: one thing, or several that one text names. */
export type Suggestion = readonly Picked[]

/** Between the names of several: commas, or a word such as 和 that no two names of letters run into. */
const BETWEEN = /\s*[,，、;；|/+&]\s*|\s+(?:和|与|跟|及|vs\.?|and)\s+|(?<=\p{sc=Han})(?:和|与|跟|以及)(?=\p{sc=Han})/iu
const MOST_NAMES = 4

/** The least score of a name that several are chosen by, unseen: pinyin and a slip of the pen count, parts of names do not. */
const SURE = 0.85

/** Suggestions, best first; with `several`, before all the things that the text names together. Raises as `ask` does. */
export async function suggestions(text: string, kinds: FindKind[], several: boolean): Promise<Suggestion[]> {
  const find = async (text: string): Promise<readonly Picked[]> => (await ask(Pick, { text, kinds })).find
  const names = several ? text.split(BETWEEN).filter(name => name.trim()) : []
  const apart = names.length > 1 && names.length <= MOST_NAMES ? names : []
  const [whole = [], ...parts] = await Promise.all([text, ...apart].map(find))
  const best = parts.flatMap(([first]) => (first && first.score >= SURE ? [first] : []))
  const together = best.length > 1 && best.length === apart.length && new Set(best.map(({ id }) => id)).size > 1
  return [...(together && whole[0]?.score !== 1 ? [best] : []), ...whole.map(one => [one])]
}
