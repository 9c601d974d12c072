// Questions to the server, typed by its schema.
import { signal } from '@preact/signals'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { served } from './address'
import type { TypedDocumentString } from './generated/graphql'
import { kept } from './kept'

/** The API key that requests are sent with; '' for none. */
export const key = signal(kept('key') ?? '')

/** Whether the server answered the last time that it was asked. */
export const reached = signal(true)

/** Counts how often what is shown may have changed: the server came back, a key was given, documents were loaded. */
export const changes = signal(0)

/** An answer that did not come. `code` is the server's (UNAUTHENTICATED, COST …), or GONE where none answered. */
export class NoAnswer extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly remedy = '',
  ) {
    super(message)
  }
}

/** Sends requests with a key, for as long as this tab is open. */
export function giveKey(given: string): void {
  key.value = kept('key', given) ?? given
  changes.value++
}

/** A file of the variables of a request: where it belongs, such as `variables.documents.0.content.upload`. */
export interface Part {
  path: string
  file: Blob
}

interface Options {
  /** Another key than the one that was given. */
  by?: string
  /** Files that are sent with it; in their places the variables have null. */
  files?: readonly Part[]
}

/** Asks the server. Raises NoAnswer; an AbortError where `signal` was aborted. */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
  { by = key.value, files }: Options = {},
): Promise<Result> {
  const asked = JSON.stringify({ query: document.toString(), variables })
  const response = await sent(files ? form(asked, files) : asked, by, signal)
  const answer = (await response.json().catch(() => ({}))) as Answer<Result>
  const error = answer.errors?.[0]
  if (error) throw new NoAnswer(error.extensions?.code ?? '', error.message, error.extensions?.remedy)
  if (!answer.data) throw new NoAnswer(String(response.status), `HTTP ${response.status}`)
  return answer.data
}

interface Answer<Result> {
  data?: Result | null
  errors?: { message: string; extensions?: { code?: string; remedy?: string } }[]
}

/** A form as the GraphQL multipart request specification says. */
function form(operations: string, files: readonly Part[]): FormData {
  const made = new FormData()
  made.set('operations', operations)
  made.set('map', JSON.stringify(Object.fromEntries(files.map(({ path }, index) => [index, [path]]))))
  files.forEach(({ file }, index) => made.set(String(index), file, String(index)))
  return made
}

async function sent(body: string | FormData, by: string, signal: AbortSignal | undefined): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (typeof body === 'string') headers['Content-Type'] = 'application/json'
  else headers['GraphQL-Require-Preflight'] = '1'
  if (by) headers['Authorization'] = `Bearer ${by}`
  try {
    const response = await fetch(served('graphql'), { method: 'POST', headers, body, signal: signal ?? null })
    if (response.status !== 502 && response.status !== 504) {
      reached.value = true
      return response
    }
  } catch (error) {
    if (signal?.aborted) throw error
  }
  gone()
  throw new NoAnswer('GONE', 'The server does not answer.')
}

let waiting = false

/** Looks for the server until it answers again, and then lets all be asked anew. */
function gone(): void {
  reached.value = false
  if (waiting) return
  waiting = true
  const look = async (pause: number): Promise<void> => {
    const alive = await fetch(served('healthz'), { cache: 'no-store' }).then(({ ok }) => ok, () => false)
    if (!alive) {
      setTimeout(() => void look(Math.min(pause * 1.5, 5_000)), pause)
      return
    }
    waiting = false
    reached.value = true
    changes.value++
  }
  setTimeout(() => void look(500), 500)
}

/** What is known of a question: its last answer, which stays while the next is waited for, and why there is none. */
export interface Asked<Result> {
  answer: Result | null
  problem: NoAnswer | null
  waiting: boolean
}

/** Asks anew whenever the variables or `changes` do; null asks nothing. */
export function useAnswer<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables | null,
): Asked<Result> {
  const [asked, put] = useState<Asked<Result>>({ answer: null, problem: null, waiting: variables !== null })
  const of = variables && JSON.stringify(variables)
  const round = changes.value
  const before = useRef<string | null>(null)
  // Before the page is painted, so that the question is on its way a frame earlier.
  useLayoutEffect(() => {
    if (variables === null) {
      put({ answer: null, problem: null, waiting: false })
      return
    }
    const stop = new AbortController()
    put(last => ({ ...last, waiting: true }))
    ask(document, variables, stop.signal).then(
      answer => put({ answer, problem: null, waiting: false }),
      (problem: unknown) => {
        if (stop.signal.aborted) return
        const told = problem instanceof NoAnswer ? problem : new NoAnswer('', String(problem))
        put(last => ({ answer: before.current === of ? last.answer : null, problem: told, waiting: false }))
      },
    )
    before.current = of
    return () => stop.abort()
  }, [document, of, round])
  return asked
}
