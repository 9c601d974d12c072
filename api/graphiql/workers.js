/* global EDITOR_WORKER, GRAPHQL_WORKER, JSON_WORKER -- the names of their files, from build.mjs */

const FILES = { graphql: GRAPHQL_WORKER, json: JSON_WORKER }

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(new URL(FILES[label] ?? EDITOR_WORKER, import.meta.url)),
}
