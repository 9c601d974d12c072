import './graph/graph.css'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { go, href, withQuery } from '../address'
import { useAnswer } from '../ask'
import type { ViewProps } from '../Page'
import { Picker } from '../parts/Picker'
import { Failed, Unknown } from '../parts/Problem'
import { Saves } from '../parts/Saves'
import { useTitle } from '../parts/title'
import { both, language, number, tongue } from '../words'
import { Canvas } from './graph/Canvas'
import { Chosen } from './graph/Chosen'
import { relationNames } from './graph/kinds'
import { layout } from './graph/layout'
import { Legend } from './graph/Legend'
import { Listed } from './graph/Listed'
import { palette } from './graph/palette'
import { GraphPicture, MOST, neighbourhood, pictureHref, variablesOf, wanted } from './graph/picture'
import { useNamed } from './graph/named'
import { Start, STARTS } from './graph/Start'
import { svgOf } from './graph/svg'

const words = both({
  title: [(name: string) => `图谱：${name}`, (name: string) => `Graph: ${name}`],
  view: ['图谱', 'Graph'],
  of: ['图谱：', 'Graph: '],
  other: ['换一个起点', 'Begin elsewhere'],
  counts: [
    (nodes: string, edges: string) => `${nodes} 个节点，${edges} 条关系。`,
    (nodes: string, edges: string) => `${nodes} nodes, ${edges} relations.`,
  ],
  missing: [
    (n: string, most: number) => `还有 ${n} 个节点放不下（最多 ${most} 个）：在图例中去掉一些种类，可腾出位置。`,
    (n: string, most: number) => `${n} more nodes do not fit (${most} at most): leave out kinds in the legend to make room.`,
  ],
  waiting: ['载入中……', 'Loading …'],
  from: ['起点', 'From'],
  relation: ['关系', 'Relation'],
  to: ['终点', 'To'],
})

/** What stands around a node. The address says all that is shown: see `Wanted`. */
export function Graph({ address }: ViewProps) {
  const { path, query } = address
  const asked = wanted(address)
  const named = useNamed(path.length ? null : query)
  const lang = query.get('lang')
  const { answer, problem, waiting } = useAnswer(GraphPicture, variablesOf(asked))
  const given = asked.node && answer?.neighbours.__typename === 'Neighbourhood' ? answer.neighbours : null
  const hidden = [...asked.hidden].join()
  const found = useMemo(() => given && neighbourhood(given, asked.hidden), [given, hidden, language.value])
  const laid = useMemo(() => found && layout(found), [found])
  const element = useRef<HTMLDivElement>(null)
  const selected = found && (found.byId.get(asked.select ?? '') ?? null)
  useTitle(found ? words.title(found.start.name) : words.view)

  useEffect(() => {
    if (named?.node) go(pictureHref(named.node, asked, lang), { replace: true })
  }, [named?.node])
  // A name, and a former id, becomes the id of today.
  useEffect(() => {
    if (found && !waiting && found.start.id !== asked.node) go(pictureHref(found.start.id, asked, lang), { replace: true })
  }, [found, waiting])

  if (!asked.node && !named) return <Start lang={lang} />
  const select = (id: string | null): void => go(withQuery({ select: id }), { replace: true })
  const activate = (id: string): void => {
    if (id === found?.start.id) return
    const rest = asked.opened.filter(each => each !== id)
    if (rest.length === asked.opened.length) rest.push(id)
    go(withQuery({ open: rest.join(',') || null, select: id }))
  }
  const begin = (meant: string, kind: string): string =>
    /^\w+:/.test(meant) ? href('graph', [meant], { lang }) : href('graph', [], { [kind]: meant, lang })
  const title = found ? words.title(found.start.name) : words.view
  return (
    <>
      <div class="graph-head">
        <h1>
          {words.of}
          {found && <span lang={tongue(found.start.name)}>{found.start.name}</span>}
        </h1>
        <Picker label={words.other} kinds={STARTS} onPick={({ id }) => go(href('graph', [id], { lang }))} />
      </div>
      {(problem ?? named?.problem) && <Failed problem={(problem ?? named?.problem)!} />}
      {named?.unknown && <Unknown problem={named.unknown} href={meant => begin(meant, named.kind)} />}
      {answer && answer.neighbours.__typename !== 'Neighbourhood' && (
        <Unknown problem={answer.neighbours} href={meant => begin(meant, 'node')} />
      )}
      {found && laid && (
        <div ref={element} class={waiting ? 'graph stale' : 'graph'} aria-busy={waiting}>
          <p class="graph-counts" role="status">
            {words.counts(number(found.nodes.length), number(found.edges.length))}{' '}
            {found.missing > 0 && <strong>{words.missing(number(found.missing), MOST)}</strong>}
          </p>
          <Legend found={found} asked={asked} />
          <div class="graph-both">
            <Canvas
              found={found}
              laid={laid}
              opened={asked.opened}
              selected={selected?.id ?? null}
              onSelect={select}
              onActivate={activate}
            />
            <Chosen
              found={found}
              node={selected ?? found.start}
              opened={asked.opened.includes((selected ?? found.start).id)}
              centre={id => pictureHref(id, { hidden: asked.hidden }, lang)}
              onSelect={select}
              onActivate={activate}
            />
          </div>
          <Saves
            name={title}
            picture={() => svgOf(found, laid, palette(element.current!), title)}
            table={() => [
              [words.from, words.relation, words.to, 'source', 'relation', 'target'],
              ...found.edges.map(({ source, relation, target }) => [
                found.byId.get(source)!.name,
                relationNames[relation],
                found.byId.get(target)!.name,
                source,
                relation,
                target,
              ]),
            ]}
          />
          <Listed found={found} selected={selected?.id ?? null} onSelect={select} onActivate={activate} />
        </div>
      )}
      <p role="status" class="hidden">
        {waiting && words.waiting}
      </p>
    </>
  )
}
