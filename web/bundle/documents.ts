// The page's questions, as they are sent: each stands once, in the script of the view that asks it, as the one line whose
// SHA-256 a server can know. Without this each script would hold all of them, twice.
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const GENERATED = join(import.meta.dirname, '../src/generated')
const CALL = /\bgraphql\(\s*`([^`]*)`,?\s*\)/g

/** Puts the generated text in the place of each graphql(`…`), and writes documents.json: all of them by their SHA-256. */
export function documents(): Plugin {
  let known: string
  let texts: string[]
  return {
    name: 'documents',
    enforce: 'pre',
    buildStart() {
      known = readFileSync(join(GENERATED, 'gql.ts'), 'utf-8')
      texts = Object.values(JSON.parse(readFileSync(join(GENERATED, 'persisted-documents.json'), 'utf-8')) as object)
    },
    transform(code, id) {
      if (id.startsWith(GENERATED)) return { code, map: null, moduleSideEffects: false }
      if (!/\/web\/src\/.*\.tsx?$/.test(id)) return
      const sent = code.replace(CALL, (_, source: string) => {
        if (!known.includes(`${JSON.stringify(source)}: types.`)) this.error(`npm run generate: not generated is ${source}`)
        const operation = /^\s*(?:query|mutation|subscription) (\w+)/m.exec(source)?.[1]
        if (!operation) return 'null' // a fragment, which stands in the texts of its operations
        return JSON.stringify(texts.find(text => new RegExp(`\\b(query|mutation|subscription) ${operation}\\b`).test(text)))
      })
      return sent === code ? undefined : { code: sent, map: null }
    },
    writeBundle({ dir }) {
      copyFileSync(join(GENERATED, 'persisted-documents.json'), join(dir!, 'documents.json'))
    },
  }
}
