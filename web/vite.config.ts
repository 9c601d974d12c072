import { defineConfig, type Plugin } from 'vite'
import { documents } from './bundle/documents.ts'
import { noted, shipped } from './bundle/shipped.ts'

const server = process.env.ROLEGRAPH_SERVER ?? 'http://127.0.0.1:8000'

/** `npm run dev` fills in what a rolegraph server does when it sends a page. */
const filled: Plugin = {
  name: 'filled',
  apply: 'serve',
  transformIndexHtml: html =>
    html.replaceAll('{root}', '').replaceAll('{endpoint}', '/graphql').replaceAll('{subscriptions}', '/graphql'),
}

// Writes ../api/static: index.html, which a rolegraph server shows at /, graphiql.html, which it shows at /graphql, and
// the files that they ask for, at /assets.
export default defineConfig({
  base: './',
  plugins: [filled, documents(), noted(), shipped()],
  // graphql refuses the schemas of another copy of itself.
  resolve: { dedupe: ['graphql', 'react', 'react-dom'] },
  worker: { plugins: () => [noted()] },
  build: {
    outDir: '../api/static',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 10_000,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: 'index.html', graphiql: 'graphiql.html' },
      // "use client" is for servers that render React.
      onLog: (level, log, handle) => log.code === 'MODULE_LEVEL_DIRECTIVE' || handle(level, log),
    },
  },
  server: { proxy: { '/graphql': { target: server, ws: true }, '/healthz': server, '/export': server, '/sparql': server, '/ontology': server } },
})
