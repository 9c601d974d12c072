// What GraphiQL keeps in the browser, without headers: its history would keep them, and so the API key, whatever the
// setting to persist headers says.

const HISTORIES = /:(queries|favorites)$/

function withoutHeaders(text: string): string {
  return JSON.stringify(JSON.parse(text), (key, value: unknown) => (key === 'headers' ? undefined : value))
}

export const memory = {
  get length() {
    return localStorage.length
  },
  getItem: (name: string) => localStorage.getItem(name),
  setItem: (name: string, value: string) =>
    localStorage.setItem(name, HISTORIES.test(name) ? withoutHeaders(value) : value),
  removeItem: (name: string) => localStorage.removeItem(name),
  clear: () => localStorage.clear(),
}
