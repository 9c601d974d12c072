// The colours of a picture, from the tokens of the page: those of light or dark, as the page is.
import type { NodeKind } from '../../generated/graphql'
import { KINDS } from './kinds'

export interface Palette {
  ground: string
  ink: string
  soft: string
  edge: string
  accent: string
  accentInk: string
  /** Of each kind: what its boxes are filled with, and their outline. */
  fill: Record<NodeKind, string>
  stroke: Record<NodeKind, string>
  font: string
}

export function palette(element: Element): Palette {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const each = (suffix: string): Record<NodeKind, string> =>
    Object.fromEntries(KINDS.map(kind => [kind, token(`graph-${kind.toLowerCase()}${suffix}`)])) as Record<NodeKind, string>
  return {
    ground: token('raised'),
    ink: token('ink'),
    soft: token('soft'),
    edge: token('edge'),
    accent: token('accent'),
    accentInk: token('accent-ink'),
    fill: each('-fill'),
    stroke: each(''),
    font: style.fontFamily,
  }
}

/** Calls back when the page turns light or dark; gives what ends that. */
export function onTurn(back: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', back)
  return () => dark.removeEventListener('change', back)
}
