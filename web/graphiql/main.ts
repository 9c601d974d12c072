import './workers'
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import '@graphiql/plugin-explorer/style.css'
import 'graphiql/graphiql.css'
import './page.css'

import { explorerPlugin } from '@graphiql/plugin-explorer'
import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

import skillGap from './examples/gap.graphql?raw'
import role from './examples/role.graphql?raw'
import sharedSkills from './examples/shared.graphql?raw'
import { memory } from './memory'

const root = document.getElementById('graphiql')!
const { endpoint, subscriptions } = root.dataset

/** The address of a WebSocket at a path of this server. */
function socket(path: string): string {
  const url = new URL(path, location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  return url.href
}

const send = createGraphiQLFetcher({
  url: endpoint!,
  subscriptionUrl: subscriptions ? socket(subscriptions) : undefined,
  enableIncrementalDelivery: false,
})

/** Headers become the parameters of a WebSocket's connection, where capitals count. */
const fetcher: Fetcher = (request, options) => {
  const headers = Object.entries(options?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
  return send(request, { ...options, headers: Object.fromEntries(headers) })
}

createRoot(root).render(
  createElement(GraphiQL, {
    fetcher,
    storage: memory,
    plugins: [HISTORY_PLUGIN, explorerPlugin()],
    defaultTabs: [sharedSkills, skillGap, role].map(query => ({ query })),
    defaultEditorToolsVisibility: false,
    shouldPersistHeaders: false,
  }),
)
