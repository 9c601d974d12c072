import { both, number, tongue } from '../../words'
import { kindNames } from './kinds'
import { byKind } from './layout'
import { Mark } from './Legend'
import type { Neighbourhood } from './picture'

const words = both({
  title: ['文字版', 'The same as text'],
  lead: ['选择一个节点，即可看到它的关系；再按一次展开或收起。', 'Choose a node to read its relations; press it again to open or close it.'],
  relations: [(n: number) => `${n} 条关系`, (n: number) => (n === 1 ? '1 relation' : `${n} relations`)],
})

interface ListedProps {
  found: Neighbourhood
  selected: string | null
  onSelect: (id: string) => void
  onActivate: (id: string) => void
}

/** All nodes of the picture as lists, in step with it. */
export function Listed({ found, selected, onSelect, onActivate }: ListedProps) {
  return (
    <section class="graph-listed" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      {byKind(found.nodes).map(([kind, nodes]) => (
        <section key={kind}>
          <h3>
            <Mark kind={kind} /> {kindNames[kind]} <span class="count">{number(nodes.length)}</span>
          </h3>
          <ul>
            {[...nodes]
              .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1))
              .map(({ id, name }) => (
                <li key={id}>
                  <button
                    type="button"
                    aria-current={id === selected ? 'true' : undefined}
                    onClick={() => (id === selected ? onActivate(id) : onSelect(id))}
                  >
                    <span lang={tongue(name)}>{name}</span>
                  </button>{' '}
                  <small>{words.relations(found.beside.get(id)?.size ?? 0)}</small>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </section>
  )
}
