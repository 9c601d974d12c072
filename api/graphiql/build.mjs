// Writes ../static: index.html, which is served at /graphql, and graphiql/, which is served beside it at /graphiql.
import { build } from 'esbuild'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const here = fileURLToPath(new URL('.', import.meta.url))
const out = fileURLToPath(new URL('../static/', import.meta.url))

const common = {
  absWorkingDir: here,
  outdir: `${out}graphiql`,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'linked',
  logLevel: 'warning',
  target: ['es2022'],
  // One copy of graphql for those who import it and those who require it: it refuses the schemas of another copy.
  mainFields: ['browser', 'module', 'main'],
}

/** File names of what was written, by entry point. */
function written({ metafile }) {
  const files = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => entryPoint)
  return new Map(files.map(([path, output]) => [output.entryPoint, { ...output, file: basename(path) }]))
}

const WORKERS = {
  EDITOR_WORKER: 'node_modules/monaco-editor/esm/vs/editor/editor.worker.js',
  GRAPHQL_WORKER: 'node_modules/monaco-graphql/esm/graphql.worker.js',
  JSON_WORKER: 'node_modules/monaco-editor/esm/vs/language/json/json.worker.js',
}

/** The licence texts of all packages that a bundle is made from. */
async function licences(inputs) {
  const packages = new Set(inputs.flatMap(path => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []))
  const texts = []
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(`${here}${folder}/package.json`, 'utf-8'))
    texts.push(`${name} ${version}: ${license}`)
    for (const file of (await readdir(here + folder)).filter(file => /^(licen[cs]e|notice|third)/i.test(file)).sort()) {
      texts.push(await readFile(`${here}${folder}/${file}`, 'utf-8'))
    }
  }
  return texts.join('\n\n')
}

await rm(out, { recursive: true, force: true })
const ofWorkers = await build({ ...common, entryPoints: Object.values(WORKERS), format: 'iife' })
const workers = written(ofWorkers)
const names = Object.entries(WORKERS).map(([name, path]) => [name, JSON.stringify(workers.get(path).file)])
const ofPage = await build({
  ...common,
  entryPoints: ['page.jsx'],
  format: 'esm',
  splitting: true,
  jsx: 'automatic',
  loader: { '.graphql': 'text', '.ttf': 'file' },
  define: { 'process.env.NODE_ENV': '"production"', ...Object.fromEntries(names) },
})
const page = written(ofPage).get('page.jsx')

// The page's sheet holds those of its chunks too, which nobody asks for.
for (const path of Object.keys(ofPage.metafile.outputs)) {
  if (path.endsWith('.css') && path !== page.cssBundle) await rm(here + path)
}
const inputs = [ofWorkers, ofPage].flatMap(({ metafile }) => Object.keys(metafile.inputs))
await writeFile(`${out}graphiql/LICENSES.txt`, await licences(inputs))
for (const file of await readdir(`${out}graphiql`)) {
  const path = `${out}graphiql/${file}`
  await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }))
}
const template = await readFile(`${here}index.html`, 'utf-8')
await writeFile(
  `${out}index.html`,
  template.replace('page.css', `graphiql/${basename(page.cssBundle)}`).replace('page.jsx', `graphiql/${page.file}`),
)
