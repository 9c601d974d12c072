// The editor's workers, as files of their own: a policy that lets only scripts of this server run does not let a worker
// be made from a text.
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker'
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker'
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker'

const WORKERS: Record<string, new () => Worker> = { graphql: GraphQLWorker, json: JsonWorker }

Object.assign(globalThis, {
  MonacoEnvironment: { getWorker: (_: string, label: string) => new (WORKERS[label] ?? EditorWorker)() },
})
