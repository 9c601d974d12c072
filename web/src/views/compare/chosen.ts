// Which roles an address names: ids, and names that are not ids yet.
import { useEffect, useRef, useState } from 'preact/hooks'
import { ask, changes, NoAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { ProblemPartsFragment } from '../../generated/graphql'

const ChosenRole = graphql(`
  query ChosenRole($role: String!) {
    skillProfile(role: $role, evidence: 0) {
      __typename
      ... on SkillProfile {
        subject {
          id
          name
        }
      }
      ...ProblemParts
    }
  }
`)

export interface Subject {
  id: string
  name: string
}

/** A role or department as an address has it, and what that stands for, as soon as it is known. */
export interface Chosen {
  text: string
  subject: Subject | null
  problem: ProblemPartsFragment | null
}

/** Whether a text is an id, of which no name has to be shown. */
export function isId(text: string): boolean {
  return /^(role|department):/.test(text)
}

/** Finds what texts stand for; each is asked for once. `learn` tells what is known already, from a search box. */
export function useChosen(texts: readonly string[]): {
  chosen: Chosen[]
  failure: NoAnswer | null
  learn: (subjects: readonly Subject[]) => void
} {
  const [known, put] = useState<ReadonlyMap<string, Chosen>>(new Map())
  const [failure, fail] = useState<NoAnswer | null>(null)
  const round = useRef(changes.value)
  const add = (more: readonly Chosen[]): void =>
    put(before => new Map([...before, ...more.map(each => [each.text, each] as const)]))
  useEffect(() => {
    const stop = new AbortController()
    const anew = round.current !== changes.value
    round.current = changes.value
    for (const text of texts) {
      if (known.has(text) && !anew) continue
      ask(ChosenRole, { role: text }, stop.signal).then(
        ({ skillProfile: found }) => {
          fail(null)
          const subject = found.__typename === 'SkillProfile' ? found.subject : null
          add([{ text, subject, problem: found.__typename === 'SkillProfile' ? null : found }])
        },
        (problem: unknown) => {
          if (!stop.signal.aborted) fail(problem instanceof NoAnswer ? problem : new NoAnswer('', String(problem)))
        },
      )
    }
    return () => stop.abort()
  }, [texts.join('\n'), changes.value])
  return {
    chosen: texts.map(text => known.get(text) ?? { text, subject: null, problem: null }),
    failure,
    learn: subjects => add(subjects.map(subject => ({ text: subject.id, subject, problem: null }))),
  }
}
