// The picture on the screen: Cytoscape.js, given the places that layout.ts has worked out.
import cytoscape, { type Core, type ElementDefinition, type NodeSingular, type StylesheetJson } from 'cytoscape'
import { DASHES, kindNames, OUTLINES, relationNames, strokeOf } from './kinds'
import { bend, LINE, TYPE, type Layout } from './layout'
import type { Palette } from './palette'
import type { Neighbourhood } from './picture'

const READABLE = 0.6
const LARGEST_FIT = 1.2
const MARGIN = 20

export interface Drawing {
  show: (found: Neighbourhood, laid: Layout, opened: readonly string[]) => void
  colour: (colours: Palette) => void
  select: (id: string | null) => void
  zoom: (factor: number) => void
  fit: () => void
  move: (x: number, y: number) => void
  end: () => void
}

/** Draws into an element, which a test finds Cytoscape at: `element._cyreg.cy`. `onTap` is given the id of a node. */
export function draw(container: HTMLElement, onTap: (id: string | null) => void): Drawing {
  const cy = cytoscape({
    container,
    layout: { name: 'preset' },
    minZoom: 0.08,
    maxZoom: 3,
    autoungrabify: true,
    autounselectify: true,
    boxSelectionEnabled: false,
    pixelRatio: 'auto',
  })
  cy.on('tap', event => onTap(event.target === cy ? null : event.target.isNode() ? event.target.id() : null))
  cy.on('mouseover', 'node[kind]', event => (event.target as NodeSingular).connectedEdges().addClass('near'))
  cy.on('mouseout', 'node[kind]', event => (event.target as NodeSingular).connectedEdges().removeClass('near'))
  cy.on('mouseover', 'edge', event => event.target.addClass('near'))
  cy.on('mouseout', 'edge', event => event.target.removeClass('near'))
  // The wheel scrolls the page; with Ctrl, and by pinching, it zooms.
  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation()
  }
  container.parentElement!.addEventListener('wheel', wheel, { capture: true })
  const middle = (): { x: number; y: number } => ({ x: cy.width() / 2, y: cy.height() / 2 })
  let start = ''
  const fit = (): void => {
    cy.fit(undefined, MARGIN)
    if (cy.zoom() > LARGEST_FIT) {
      cy.zoom(LARGEST_FIT)
      cy.center()
    }
  }
  return {
    show(found, laid, opened) {
      cy.batch(() => {
        cy.elements().remove()
        cy.add(elements(found, laid, opened))
      })
      start = found.start.id
      fit()
      if (cy.zoom() >= READABLE) return
      cy.zoom(READABLE)
      cy.center(cy.getElementById(start))
      // No empty half, where what was asked for stands at an edge.
      const { x1, x2, y1, y2 } = cy.elements().renderedBoundingBox()
      cy.panBy({ x: back(x1, x2, cy.width()), y: back(y1, y2, cy.height()) })
    },
    colour: colours => cy.style(sheet(colours)),
    select: id => choose(cy, id),
    zoom: factor => cy.zoom({ level: cy.zoom() * factor, renderedPosition: middle() }),
    fit,
    move: (x, y) => cy.panBy({ x, y }),
    end() {
      container.parentElement?.removeEventListener('wheel', wheel, { capture: true })
      cy.destroy()
    },
  }
}

/** How far to move what reaches from one place to another, so that it fills a length as far as it can. */
function back(from: number, to: number, length: number): number {
  if (to - from <= length - 2 * MARGIN) return (length - from - to) / 2
  return from > MARGIN ? MARGIN - from : to < length - MARGIN ? length - MARGIN - to : 0
}

function elements(found: Neighbourhood, laid: Layout, opened: readonly string[]): ElementDefinition[] {
  const nodes = [...laid.boxes.values()].map(({ node, lines, x, y, width, height }) => ({
    data: { id: node.id, kind: node.kind, name: node.name, text: lines.join('\n'), width, height },
    position: { x, y },
    classes: [
      node.id === found.start.id ? 'start' : '',
      node.candidate ? 'candidate' : '',
      opened.includes(node.id) ? 'opened' : '',
    ],
  }))
  const headings = laid.headings.map(({ kind, x, y }) => ({
    data: { id: `heading ${kind}`, text: kindNames[kind] },
    position: { x, y },
    classes: 'heading',
  }))
  const edges = found.edges.map(({ relation, source, target }) => {
    const down = laid.boxes.get(target)!.y >= laid.boxes.get(source)!.y
    const pull = bend(laid, source, target) * (down ? -1 : 1) // Cytoscape's positive is to the left of somebody who goes up
    return {
      data: { id: `${relation} ${source} ${target}`, source, target, relation, pull, text: relationNames[relation] },
      classes: [strokeOf(relation), pull ? 'bent' : ''],
    }
  })
  return [...headings, ...nodes, ...edges]
}

/** Marks a node and what it is joined with; all else steps back. */
function choose(cy: Core, id: string | null): void {
  cy.batch(() => {
    cy.elements().removeClass('chosen beside apart')
    const node = id === null ? cy.collection() : cy.getElementById(id)
    if (node.empty()) return
    const edges = node.connectedEdges()
    edges.addClass(edges.length > 8 ? 'beside many' : 'beside')
    node.addClass('chosen')
    cy.elements().not(node.closedNeighborhood()).not('.heading').addClass('apart')
  })
  const node = id === null ? cy.collection() : cy.getElementById(id)
  if (node.empty()) return
  const { x1, x2, y1, y2 } = node.renderedBoundingBox()
  if (x1 < 0 || y1 < 0 || x2 > cy.width() || y2 > cy.height()) cy.center(node)
}

function sheet(colours: Palette): StylesheetJson {
  const label = { 'font-family': colours.font, 'min-zoomed-font-size': 7, 'text-events': 'no' }
  const kinds = Object.entries(OUTLINES).map(([kind, outline]) => ({
    selector: `node[kind = "${kind}"]`,
    style: {
      'background-color': colours.fill[kind as keyof typeof OUTLINES],
      'border-color': colours.stroke[kind as keyof typeof OUTLINES],
      ...(typeof outline === 'number'
        ? outline === 0
          ? { shape: 'rectangle' }
          : { shape: 'round-rectangle', 'corner-radius': outline === 1 ? '100' : '8' }
        : { shape: 'polygon', 'shape-polygon-points': outline.flat().join(' ') }),
    },
  }))
  const dashes = Object.entries(DASHES).map(([name, pattern]) => ({
    selector: `edge.${name}`,
    style: pattern.length ? { 'line-style': 'dashed', 'line-dash-pattern': [...pattern] } : {},
  }))
  return [
    {
      selector: 'node[kind]',
      style: {
        ...label,
        width: 'data(width)',
        height: 'data(height)',
        label: 'data(text)',
        color: colours.ink,
        'font-size': TYPE,
        'line-height': LINE / TYPE / 1.17,
        'text-wrap': 'wrap',
        'text-max-width': '999px',
        'text-valign': 'center',
        'text-halign': 'center',
        'border-width': 1.5,
      },
    },
    ...kinds,
    {
      selector: '.heading',
      style: { ...label, label: 'data(text)', color: colours.soft, 'font-size': TYPE, 'font-weight': 'bold', 'text-valign': 'center',
        'background-opacity': 0, width: 60, height: LINE, events: 'no' },
    },
    {
      selector: 'edge',
      style: { width: 1.2, 'line-color': colours.edge, 'target-arrow-color': colours.edge, 'target-arrow-shape': 'triangle',
        'arrow-scale': 0.7, opacity: 0.55, 'curve-style': 'straight' },
    },
    ...dashes,
    {
      selector: 'edge.bent',
      style: { 'curve-style': 'unbundled-bezier', 'control-point-distances': 'data(pull)', 'control-point-weights': '0.5',
        'source-endpoint': '50% 0', 'target-endpoint': '50% 0', 'edge-distances': 'endpoints' },
    },
    { selector: '.candidate', style: { 'border-style': 'dashed' } },
    { selector: '.opened', style: { 'border-style': 'double', 'border-width': 5 } },
    { selector: '.start', style: { 'background-color': colours.accent, 'border-color': colours.accent, color: colours.accentInk, 'font-weight': 'bold' } },
    { selector: '.apart', style: { opacity: 0.25 } },
    { selector: 'edge.apart', style: { opacity: 0.12 } },
    {
      selector: 'edge.near, edge.beside',
      style: { ...label, width: 2.2, opacity: 1, 'line-color': colours.accent, 'target-arrow-color': colours.accent, label: 'data(text)',
        color: colours.ink, 'font-size': 11, 'text-background-color': colours.ground, 'text-background-opacity': 0.9, 'text-background-padding': '2px' },
    },
    { selector: 'edge.many', style: { 'text-opacity': 0, 'text-background-opacity': 0 } },
    { selector: '.chosen', style: { 'border-color': colours.accent, 'border-width': 4 } },
  ] as StylesheetJson
}
