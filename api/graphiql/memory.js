// What GraphiQL keeps in the browser, without headers: its history would keep them, and so the API key, whatever the
// setting to persist headers says.

const HISTORIES = /:(queries|favorites)$/

const withoutHeaders = text => JSON.stringify(JSON.parse(text), (key, value) => (key === 'headers' ? undefined : value))

export const memory = {
  get length() {
    return localStorage.length
  },
  getItem: name => localStorage.getItem(name),
  setItem: (name, value) => localStorage.setItem(name, HISTORIES.test(name) ? withoutHeaders(value) : value),
  removeItem: name => localStorage.removeItem(name),
  clear: () => localStorage.clear(),
}
