// The page's questions, as they are sent: each stands once, in the script of the view that asks it, as the one line whose
// SHA-256 a server can know. Without this each script would hold all of them, twice.
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { normalizePath, type Plugin } from 'vite'

const GENERATED = normalizePath(join(import.meta.dirname, '../src/generated'))
const PERSISTED = 'persisted-documents.json'
const CALL = /\bgraphql\(\s*`([^`]*)`,?\s*\)/g

/** Puts the generated text in the place of each graphql(`…`), and writes documents.json: all of them by their SHA-256. */
export function documents(): Plugin {
  return {
    name: 'documents',
    enforce: 'pre',
    transform(code, id) {
      if (id.startsWith(GENERATED)) return { code, map: null, moduleSideEffects: false }
      if (!/\/web\/src\/.*\.tsx?$/.test(id) || !code.includes('graphql(')) return
      const known = readFileSync(join(GENERATED, 'gql.ts'), 'utf-8')
      const texts = Object.values<string>(JSON.parse(readFileSync(join(GENERATED, PERSISTED), 'utf-8')))
      const sent = code.replace(CALL, (_, source: string) => {
        if (!known.includes(`${JSON.stringify(source)}: types.`)) this.error(`npm run generate: not generated is ${source}`)
        const operation = /^\s*(query|mutation|subscription) \w+/m.exec(source)?.[0].trim()
        if (!operation) return 'null' // a fragment, which stands in the texts of its operations
        return JSON.stringify(texts.find(text => new RegExp(`\\b${operation}\\b`).test(text)))
      })
      if (sent.includes('graphql(')) this.error('graphql takes one text between backticks, and nothing else.')
      return { code: sent, map: null }
    },
    writeBundle({ dir }) {
      copyFileSync(join(GENERATED, PERSISTED), join(dir!, 'documents.json'))
    },
  }
}
