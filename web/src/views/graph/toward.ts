import type { Layout } from './layout'

/** The nearest box in a direction, as an arrow key asks for it; what stands aside counts as twice as far. */
export function toward(laid: Layout, from: string, right: number, down: number): string | null {
  const here = laid.boxes.get(from)
  if (!here) return null
  let best: { id: string; far: number } | null = null
  for (const [id, { x, y }] of laid.boxes) {
    const along = (x - here.x) * right + (y - here.y) * down
    if (along < 1) continue
    const aside = Math.abs((x - here.x) * down) + Math.abs((y - here.y) * right)
    const far = along + 2 * aside
    if (!best || far < best.far) best = { id, far }
  }
  return best && best.id
}
