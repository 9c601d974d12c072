// What is asked of the server for a picture, and what the answer is made into.
import type { Address } from '../../address'
import { href } from '../../address'
import { graphql } from '../../generated'
import type { GraphPictureQuery, GraphPictureQueryVariables, NodeKind, Relation } from '../../generated/graphql'
import { skillName } from '../../words'
import { KINDS, RELATIONS } from './kinds'

/** The most nodes of a picture. */
export const MOST = 300
const DEEPEST = 3

export const GraphPicture = graphql(`
  query GraphPicture($node: String!, $opened: [ID!]!, $depth: Int!, $kinds: [NodeKind!], $relations: [Relation!]) {
    neighbours(node: $node, k: 300, opened: $opened, depth: $depth, kinds: $kinds, relations: $relations) {
      __typename
      ... on Neighbourhood {
        start
        nodes {
          id
          kind
          label
          node {
            ... on Skill {
              nameEn
              status
            }
          }
        }
        edges {
          relation
          source
          target
        }
        more
        left {
          kind
          count
        }
      }
      ...ProblemParts
    }
  }
`)

/** A node that is shown. `name` is in the language of now, where it has one. */
export interface Shown {
  id: string
  kind: NodeKind
  name: string
  /** A phrase that the taxonomy lacks. */
  candidate: boolean
}

export interface Edge {
  relation: Relation
  source: string
  target: string
}

export interface Neighbourhood {
  start: Shown
  nodes: Shown[]
  edges: Edge[]
  byId: Map<string, Shown>
  /** What each is joined with. */
  beside: Map<string, Set<string>>
  /** Of kinds that are shown, how many around did not fit. */
  missing: number
  left: Map<NodeKind, number>
}

/** What an address asks for: /graph/ID?open=ID,ID&hide=DUTY,NEEDS&depth=2&select=ID, ; or, for one of a name, /graph?node=NAME. */
export interface Wanted {
  node: string | null
  opened: string[]
  hidden: Set<string>
  depth: number
  select: string | null
}

export function wanted({ path, query }: Address): Wanted {
  const list = (name: string): string[] => (query.get(name) ?? '').split(',').filter(Boolean)
  const depth = Math.round(Number(query.get('depth') ?? 1))
  return {
    node: path[0] ?? query.get('node'),
    opened: [...new Set(list('open'))].slice(0, 100),
    hidden: new Set(list('hide').filter(each => [...KINDS, ...RELATIONS].some(known => known === each))),
    depth: depth >= 1 && depth <= DEEPEST ? depth : 1,
    select: query.get('select'),
  }
}

export const DEPTHS = Array.from({ length: DEEPEST }, (_, index) => index + 1)

/** The address of a picture. */
export function pictureHref(node: string, asked: Partial<Wanted>, lang: string | null): string {
  return href('graph', [node], {
    open: asked.opened?.join(',') ?? null,
    hide: [...(asked.hidden ?? [])].join(','),
    depth: asked.depth === 1 ? null : asked.depth,
    select: asked.select === node ? null : asked.select,
    lang,
  })
}

export function variablesOf({ node, opened, hidden, depth }: Wanted): GraphPictureQueryVariables | null {
  if (!node) return null
  const shown = <T extends string>(all: readonly T[]): T[] | null =>
    all.some(each => hidden.has(each)) ? all.filter(each => !hidden.has(each)) : null
  return { node, opened, depth, kinds: shown(KINDS), relations: shown(RELATIONS) }
}

type Answer = Extract<GraphPictureQuery['neighbours'], { __typename: 'Neighbourhood' }>

export function neighbourhood(answer: Answer, hidden: ReadonlySet<string>): Neighbourhood {
  const nodes = answer.nodes.map(({ id, kind, label, node }): Shown => {
    const skill = node as { nameEn?: string | null; status?: string }
    return { id, kind, name: skillName({ name: label, nameEn: skill.nameEn }), candidate: skill.status === 'CANDIDATE' }
  })
  const byId = new Map(nodes.map(node => [node.id, node]))
  const beside = new Map(nodes.map(({ id }) => [id, new Set<string>()]))
  for (const { source, target } of answer.edges) {
    beside.get(source)?.add(target)
    beside.get(target)?.add(source)
  }
  const left = new Map(answer.left.map(({ kind, count }) => [kind, count]))
  const missing = [...left].reduce((sum, [kind, count]) => sum + (hidden.has(kind) ? 0 : count), 0)
  return { start: byId.get(answer.start)!, nodes, edges: answer.edges, byId, beside, missing, left }
}
