// Lists that are read page after page.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { go, here, withQuery } from '../../address'
import { ask, useAnswer, type NoAnswer } from '../../ask'
import type { TypedDocumentString } from '../../generated/graphql'

interface Page<Edge> {
  totalCount: number
  edges: Edge[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}

interface Paged {
  first: number
  after?: string | null | undefined
}

export interface Pages<Edge> {
  edges: Edge[] | null
  total: number
  /** Asks for the next page; null where there is none. */
  more: (() => void) | null
  waiting: boolean
  problem: NoAnswer | null
}

/** How many entries are asked for at once. Those that an address asks for come at once too, up to `MOST`. */
export const SIZE = 20
const MOST = 200

/**
 * Asks for the first page anew whenever the variables change. How many entries are shown stands in the address under
 * `name`, so that a link, and the way back, shows as many.
 */
export function usePages<Result, Variables extends Paged, Edge>(
  document: TypedDocumentString<Result, Variables>,
  variables: Omit<Variables, keyof Paged>,
  of: (result: Result) => Page<Edge> | null,
  name: string,
  size = SIZE,
): Pages<Edge> {
  const asked = (page: Paged): Variables => ({ ...variables, ...page }) as unknown as Variables
  const first = useMemo(() => {
    const shown = Number(here.peek().query.get(name))
    return shown > size ? Math.min(Math.ceil(shown), MOST) : size
  }, [JSON.stringify(variables)])
  const { answer, problem, waiting } = useAnswer(document, asked({ first, after: null }))
  const [later, put] = useState<{ after: Result; edges: Edge[]; last: Page<Edge> } | null>(null)
  const [failed, fail] = useState<NoAnswer | null>(null)
  const [asking, wait] = useState(false)

  const begun = answer && of(answer)
  const added = later && later.after === answer ? later : null
  const last = added?.last ?? begun
  const edges = begun && [...begun.edges, ...(added?.edges ?? [])]
  const now = useRef<Result | null>(null)
  now.current = answer
  useEffect(() => () => void (now.current = null), [])

  async function more(): Promise<void> {
    wait(true)
    fail(null)
    try {
      const next = of(await ask(document, asked({ first: size, after: last!.pageInfo.endCursor })))
      // What is shown may be another list by now, or another view, to whose address nothing belongs.
      if (next && now.current === answer) {
        put({ after: answer!, edges: [...(added?.edges ?? []), ...next.edges], last: next })
        go(withQuery({ [name]: edges!.length + next.edges.length }), { replace: true })
      }
    } catch (error) {
      fail(error as NoAnswer)
    } finally {
      wait(false)
    }
  }
  return {
    edges,
    total: begun?.totalCount ?? 0,
    more: last?.pageInfo.hasNextPage ? () => void more() : null,
    waiting: waiting || asking,
    problem: failed ?? problem,
  }
}

/** The order of places, each a document and a line or number in it; documents by code unit, whatever the language. */
export function byPlace([a, m]: [string, number], [b, n]: [string, number]): number {
  return a === b ? m - n : a < b ? -1 : 1
}

/** All entries of a list, for a file. */
export async function allOf<Result, Variables extends Paged, Edge>(
  document: TypedDocumentString<Result, Variables>,
  variables: Omit<Variables, keyof Paged>,
  of: (result: Result) => Page<Edge> | null,
): Promise<Edge[]> {
  const edges: Edge[] = []
  for (let after: string | null = null; ; ) {
    const page = of(await ask(document, { ...variables, first: 100, after } as unknown as Variables))
    edges.push(...(page?.edges ?? []))
    if (!page?.pageInfo.hasNextPage) return edges
    after = page.pageInfo.endCursor ?? null
  }
}
