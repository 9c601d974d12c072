import { go, withQuery } from '../../address'
import { both, number } from '../../words'
import { DASHES, kindNames, KINDS, OUTLINES, relationNames, RELATIONS, strokeOf } from './kinds'
import type { NodeKind, Relation } from '../../generated/graphql'
import { DEPTHS, type Neighbourhood, type Wanted } from './picture'

const words = both({
  title: ['图例与筛选', 'Legend, and what is shown'],
  kinds: ['节点', 'Nodes'],
  relations: ['关系', 'Relations'],
  of: [(n: string, all: string) => `${n} / ${all}`, (n: string, all: string) => `${n} of ${all}`],
  depth: ['远近', 'How far'],
  steps: [(n: number) => `${n} 层`, (n: number) => (n === 1 ? '1 step' : `${n} steps`)],
  lines: [
    '实线：文档所述；虚线：由此统计；点线：技能表。',
    'Solid: documents say so; dashed: counted from them; dotted: the taxonomy.',
  ],
})

/** What the outlines and lines mean; each can be taken out of the picture, which makes room for others. */
export function Legend({ found, asked }: { found: Neighbourhood; asked: Wanted }) {
  const shown = (kind: NodeKind): number => found.nodes.filter(node => node.kind === kind).length
  const edges = (relation: Relation): number => found.edges.filter(edge => edge.relation === relation).length
  const toggle = (name: string): void => {
    const hidden = [...asked.hidden].filter(each => each !== name)
    if (!asked.hidden.has(name)) hidden.push(name)
    go(withQuery({ hide: hidden.sort().join(',') || null }), { replace: true })
  }
  return (
    <details class="graph-legend" open={matchMedia('(min-width: 60rem)').matches}>
      <summary>{words.title}</summary>
      <fieldset>
        <legend>{words.kinds}</legend>
        {KINDS.filter(kind => shown(kind) || found.left.get(kind) || asked.hidden.has(kind)).map(kind => (
          <label key={kind}>
            <input type="checkbox" checked={!asked.hidden.has(kind)} onChange={() => toggle(kind)} />
            <Mark kind={kind} />
            {kindNames[kind]} <Count shown={shown(kind)} left={found.left.get(kind) ?? 0} />
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{words.relations}</legend>
        {RELATIONS.filter(relation => edges(relation) || asked.hidden.has(relation)).map(relation => (
          <label key={relation}>
            <input type="checkbox" checked={!asked.hidden.has(relation)} onChange={() => toggle(relation)} />
            <svg class="graph-line" viewBox="0 0 32 10" aria-hidden="true">
              <path d="M0 5H32" stroke-dasharray={DASHES[strokeOf(relation)].join(' ') || undefined} />
            </svg>
            {relationNames[relation]} <span class="count">{number(edges(relation))}</span>
          </label>
        ))}
      </fieldset>
      <p>
        <label>
          {words.depth}{' '}
          <select
            value={asked.depth}
            onChange={event => go(withQuery({ depth: event.currentTarget.value === '1' ? null : event.currentTarget.value }), { replace: true })}
          >
            {DEPTHS.map(depth => (
              <option key={depth} value={depth}>
                {words.steps(depth)}
              </option>
            ))}
          </select>
        </label>{' '}
        <small>{words.lines}</small>
      </p>
    </details>
  )
}

function Count({ shown, left }: { shown: number; left: number }) {
  return <span class="count">{left ? words.of(number(shown), number(shown + left)) : number(shown)}</span>
}

/** The outline of a kind, small. */
export function Mark({ kind }: { kind: NodeKind }) {
  const form = OUTLINES[kind]
  return (
    <svg class={`graph-mark graph-${kind.toLowerCase()}`} viewBox="0 0 32 18" aria-hidden="true">
      {typeof form === 'number' ? (
        <rect x={1} y={1} width={30} height={16} rx={form === 1 ? 8 : form && 4} />
      ) : (
        <polygon points={form.map(([x, y]) => `${16 + 15 * x},${9 + 8 * y}`).join(' ')} />
      )}
    </svg>
  )
}
