/**
 * The arrow keys of a tree, in nested lists of links that buttons open: up and down to the next row that is shown,
 * right opens or goes inside, left closes or goes out, Home and End to the first and last.
 */
export function moveInTree(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const from = event.target instanceof Element ? event.target.closest('li') : null
  if (!from || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const rows = [...event.currentTarget.querySelectorAll('li')]
  const at = rows.indexOf(from)
  const button = from.querySelector<HTMLButtonElement>(':scope > .skill-row > button')
  const open = button?.getAttribute('aria-expanded') === 'true'
  const to: Record<string, () => Element | null | undefined> = {
    ArrowDown: () => rows[at + 1],
    ArrowUp: () => rows[at - 1],
    Home: () => rows[0],
    End: () => rows.at(-1),
    ArrowRight: () => (open ? from.querySelector('li') : (button?.click(), null)),
    ArrowLeft: () => (open ? (button?.click(), null) : from.parentElement?.closest('li')),
  }
  const next = to[event.key]
  if (!next) return
  event.preventDefault()
  next()?.querySelector('a')?.focus()
}
