// What is shown, as an address that can be sent to somebody: /compare/role:…/role:…?minShare=0.2
import { computed, signal } from '@preact/signals'

export const VIEWS = ['compare', 'move', 'role', 'skill', 'graph', 'data'] as const
export type View = (typeof VIEWS)[number]

/** `path` holds ids, as the view takes them; names, which change, stand in the query alone. */
export interface Address {
  view: View
  path: string[]
  query: URLSearchParams
}

export type Query = Record<string, string | number | readonly string[] | null | undefined>

const root = new URL(document.baseURI).pathname

function read(): Address {
  const [first = '', ...path] = location.pathname.slice(root.length).split('/').filter(Boolean).map(decodedPart)
  const view = VIEWS.find(each => each === first)
  return { view: view ?? 'compare', path: view ? path : [], query: new URLSearchParams(location.search) }
}

/** A part of a path; as it stands where somebody cut it within a character. */
function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const current = signal(read())

/** The address that is shown now. */
export const here = computed(() => current.value)

/**
 * The path and query of a view. Ids keep their colons and commas, so that people can read them. The language that the
 * address of now asks for goes with it: who was sent an English link reads on in English.
 */
export function href(view: View, path: readonly string[] = [], query: Query = {}): string {
  const parts = path.map(part => encodeURIComponent(part).replaceAll('%3A', ':').replaceAll('%2C', ','))
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries({ lang: current.peek().query.get('lang'), ...query })) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null && each !== undefined && each !== '') asked.append(name, String(each))
    }
  }
  const text = asked.toString()
  return root + [view, ...parts].join('/') + (text && `?${text}`)
}

/** The address of a path of the server, such as `graphql`, wherever it is served below. */
export function served(path: string): string {
  return root + path
}

/** Shows another address. With `replace`, the one before is not gone back to: a slider makes no history. */
export function go(to: string, { replace = false } = {}): void {
  if (to === location.pathname + location.search) return
  history[replace ? 'replaceState' : 'pushState'](null, '', to)
  current.value = read()
}

/** The address that is shown, with some of its query changed; null takes a name out. */
export function withQuery(changed: Query): string {
  const { view, path, query } = current.peek()
  const kept = Object.fromEntries([...new Set(query.keys())].map(name => [name, query.getAll(name)]))
  return href(view, path, { ...kept, ...changed })
}

/** Takes the buttons of the browser, and clicks on links to views, which then need no new page. */
export function follow(): void {
  addEventListener('popstate', () => (current.value = read()))
  document.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const other = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    if (!link || other || event.defaultPrevented || link.target || link.hasAttribute('download')) return
    const to = new URL(link.href, document.baseURI)
    const first = to.pathname.slice(root.length).split('/')[0] ?? ''
    const ours = to.origin === location.origin && to.pathname.startsWith(root)
    if (!ours || to.hash || !(first === '' || VIEWS.some(view => view === first))) return
    event.preventDefault()
    go(to.pathname + to.search)
    scrollTo(0, 0)
  })
}
