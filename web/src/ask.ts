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

/** Whether the server has asked for a key that it was not given. */
export const wanted = signal(false)

/**
 * An answer that did not come. `code` is the server's (UNAUTHENTICATED, COST …), GONE where none answered, or NO_DATA
 * where something else did, such as a proxy that wants somebody to sign in.
 */
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
  wanted.value = false
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
  const answer = (await response.json().catch((broken: unknown) => {
    if (signal?.aborted) throw broken
    // Cut off on its way; or a proxy says in words of its own that there is nobody behind it.
    if (!(broken instanceof SyntaxError) || response.status === 503) throw gone()
  })) as Answer<Result> | undefined
  signal?.throwIfAborted()
  const error = answer?.errors?.[0]
  if (error) throw new NoAnswer(error.extensions?.code ?? '', error.message, error.extensions?.remedy)
  if (!answer?.data) throw new NoAnswer('NO_DATA', `HTTP ${response.status}`)
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
  throw gone()
}

const PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5_000
const SETTLED_MS = 60_000
let waiting = false
let pause = PAUSE_MS
let back = -SETTLED_MS

/**
 * The problem that the server does not answer. Looks for it until it does, and then lets all be asked anew: less and less
 * often where it is soon gone again, since it may live and a proxy not wait for its answers.
 */
function gone(): NoAnswer {
  reached.value = false
  if (!waiting) {
    waiting = true
    if (performance.now() - back > SETTLED_MS) pause = PAUSE_MS
    setTimeout(() => void look(), pause)
  }
  return new NoAnswer('GONE', 'The server does not answer.')
}

async function look(): Promise<void> {
  const asked = fetch(served('healthz'), { cache: 'no-store', signal: AbortSignal.timeout(LONGEST_PAUSE_MS) })
  const alive = await asked.then(({ ok }) => ok, () => false)
  pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)
  if (!alive) {
    setTimeout(() => void look(), pause)
    return
  }
  waiting = false
  back = performance.now()
  reached.value = true
  changes.value++
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
  const of = variables && JSON.stringify(variables)
  const [asked, put] = useState<Asked<Result> & { of: string | null }>({ answer: null, problem: null, waiting: of !== null, of })
  const round = changes.value
  const before = useRef<string | null>(null)
  // Before the page is painted, so that the question is on its way a frame earlier.
  useLayoutEffect(() => {
    if (variables === null) {
      put({ answer: null, problem: null, waiting: false, of })
      return
    }
    const stop = new AbortController()
    put(last => ({ ...last, waiting: true, of }))
    ask(document, variables, stop.signal).then(
      answer => put({ answer, problem: null, waiting: false, of }),
      (problem: unknown) => {
        if (stop.signal.aborted) return
        const told = problem instanceof NoAnswer ? problem : new NoAnswer('', String(problem))
        put(last => ({ answer: before.current === of ? last.answer : null, problem: told, waiting: false, of }))
      },
    )
    before.current = of
    return () => stop.abort()
  }, [document, of, round])
  // The answer of before is no answer to what is asked from this moment on.
  return asked.of === of ? asked : { ...asked, waiting: of !== null }
}
