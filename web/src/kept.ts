// What the browser remembers: the language for ever, the key until the tab is closed. Neither leaves it otherwise.

const PLACES = { language: 'localStorage', key: 'sessionStorage' } as const

/** What is kept under a name, or keeps something else there; '' takes it away. Where nothing may be kept, nothing is. */
export function kept(name: keyof typeof PLACES, value?: string): string | null {
  try {
    const place = window[PLACES[name]]
    if (value === '') place.removeItem(`rolegraph.${name}`)
    else if (value !== undefined) place.setItem(`rolegraph.${name}`, value)
    return place.getItem(`rolegraph.${name}`)
  } catch {
    return null
  }
}
