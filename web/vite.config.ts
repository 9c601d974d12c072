import { defineConfig, type Plugin } from 'vite'

const server = process.env.ROLEGRAPH_SERVER ?? 'http://127.0.0.1:8000'

/** `npm run dev` fills in what a rolegraph server does when it sends a page. */
const filled: Plugin = {
  name: 'filled',
  apply: 'serve',
  transformIndexHtml: html => html.replaceAll('{root}', ''),
}

// Writes ../api/static: index.html, which a rolegraph server shows at /, and the files it asks for, at /assets.
export default defineConfig({
  base: './',
  plugins: [filled],
  build: {
    outDir: '../api/static',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: { index: 'index.html' } },
  },
  server: { proxy: { '/graphql': { target: server, ws: true }, '/healthz': server, '/export': server } },
})
