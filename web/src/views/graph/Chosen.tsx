import { useEffect, useRef, useState } from 'preact/hooks'
import { href } from '../../address'
import type { Relation } from '../../generated/graphql'
import { both, number, tongue } from '../../words'
import { Document } from './Document'
import { kindName, relationNames, RELATIONS } from './kinds'
import { Mark } from './Legend'
import type { Neighbourhood, Shown } from './picture'

const words = both({
  about: ['所选节点', 'Chosen node'],
  candidate: ['技能表之外的说法', 'A phrase that the taxonomy lacks'],
  role: ['查看此岗位', 'About this role'],
  department: ['查看此部门', 'About this department'],
  skill: ['查看此技能', 'About this skill'],
  compare: ['与其他岗位对比', 'Compare it'],
  move: ['从这里转岗', 'Move from here'],
  open: ['展开周围', 'Open what is around it'],
  close: ['收起', 'Close'],
  centre: ['以此为中心', 'Centre here'],
  none: ['图中没有它的关系。', 'No relation of it is shown.'],
  more: [(n: string) => `还有 ${n} 个`, (n: string) => `${n} more`],
  relations: ['关系', 'Relations'],
})

const FIRST = 8

interface ChosenProps {
  found: Neighbourhood
  node: Shown
  opened: boolean
  /** The same picture around another node. */
  centre: (id: string) => string
  onSelect: (id: string) => void
  onActivate: (id: string) => void
}

/** What is known of a node in the picture, in words, and where one can go from it. */
export function Chosen({ found, node, opened, centre, onSelect, onActivate }: ChosenProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const led = useRef(false)
  // Who goes from node to node here stays here.
  useEffect(() => {
    if (led.current) heading.current?.focus()
    led.current = false
  }, [node.id])
  const groups = grouped(found, node.id)
  return (
    <section class="graph-chosen panel" aria-label={words.about}>
      <p class="graph-kind">
        <Mark kind={node.kind} /> {kindName[node.kind]}
        {node.candidate && <small class="tag">{words.candidate}</small>}
      </p>
      <h2 ref={heading} tabIndex={-1} lang={tongue(node.name)}>
        {node.name}
      </h2>
      <p class="graph-links">
        {node.id !== found.start.id && (
          <>
            <button type="button" aria-expanded={opened} onClick={() => onActivate(node.id)}>
              {opened ? words.close : words.open}
            </button>
            <a href={centre(node.id)}>{words.centre}</a>
          </>
        )}
        {node.kind === 'ROLE' && <a href={href('role', [node.id])}>{words.role}</a>}
        {node.kind === 'DEPARTMENT' && <a href={href('role', [node.id])}>{words.department}</a>}
        {node.kind === 'SKILL' && <a href={href('skill', [node.id])}>{words.skill}</a>}
        {(node.kind === 'ROLE' || node.kind === 'DEPARTMENT') && <a href={href('compare', [node.id])}>{words.compare}</a>}
        {node.kind === 'ROLE' && <a href={href('move', [node.id])}>{words.move}</a>}
      </p>
      {(node.kind === 'DOCUMENT' || node.kind === 'POSTING') && <Document node={node} centre={centre} />}
      <h3>{words.relations}</h3>
      {groups.length === 0 && <p class="none">{words.none}</p>}
      {groups.map(({ relation, out, others }) => (
        <Group key={`${node.id} ${relation} ${out}`} title={spoken(node, relation, out)}>
          {others.map(other => (
            <button
              key={other.id}
              type="button"
              class="graph-other"
              onClick={() => {
                led.current = true
                onSelect(other.id)
              }}
            >
              <Mark kind={other.kind} /> <span lang={tongue(other.name)}>{other.name}</span>
            </button>
          ))}
        </Group>
      ))}
    </section>
  )
}

/** 运营策划 → 负责 → …, or … → 需要 → 市场分析. */
function spoken({ name }: Shown, relation: Relation, out: boolean): string {
  const short = name.length > 12 ? `${name.slice(0, 11)}…` : name
  return out ? `${short} → ${relationNames[relation]} → …` : `… → ${relationNames[relation]} → ${short}`
}

interface Grouped {
  relation: Relation
  /** Whether they go out from the node. */
  out: boolean
  others: Shown[]
}

function grouped(found: Neighbourhood, id: string): Grouped[] {
  return RELATIONS.flatMap(relation =>
    [true, false].map(out => ({
      relation,
      out,
      others: found.edges
        .filter(edge => edge.relation === relation && (out ? edge.source : edge.target) === id)
        .map(edge => found.byId.get(out ? edge.target : edge.source)!),
    })),
  ).filter(({ others }) => others.length)
}

function Group({ title, children }: { title: string; children: preact.JSX.Element[] }) {
  const [all, showAll] = useState(false)
  const shown = all ? children : children.slice(0, FIRST)
  return (
    <>
      <h4>
        {title} <span class="count">{number(children.length)}</span>
      </h4>
      <ul class="graph-others">
        {shown.map(child => (
          <li key={child.key}>{child}</li>
        ))}
      </ul>
      {shown.length < children.length && (
        <button type="button" onClick={() => showAll(true)}>
          {words.more(number(children.length - shown.length))}
        </button>
      )}
    </>
  )
}
