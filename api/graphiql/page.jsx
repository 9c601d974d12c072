import './workers.js'
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import '@graphiql/plugin-explorer/style.css'
import 'graphiql/graphiql.css'
import './page.css'

import { explorerPlugin } from '@graphiql/plugin-explorer'
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { createRoot } from 'react-dom/client'

import skillGap from './examples/gap.graphql'
import role from './examples/role.graphql'
import sharedSkills from './examples/shared.graphql'
import { memory } from './memory.js'

const root = document.getElementById('graphiql')
const { endpoint, subscriptions } = root.dataset

/** The address of a WebSocket at a path of this server. */
function socket(path) {
  const url = new URL(path, location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  return url.href
}

const send = createGraphiQLFetcher({
  url: endpoint,
  subscriptionUrl: subscriptions ? socket(subscriptions) : undefined,
  enableIncrementalDelivery: false,
})

/** Headers become the parameters of a WebSocket's connection, where capitals count. */
function fetcher(request, options) {
  const headers = Object.entries(options?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
  return send(request, { ...options, headers: Object.fromEntries(headers) })
}

createRoot(root).render(
  <GraphiQL
    fetcher={fetcher}
    storage={memory}
    plugins={[HISTORY_PLUGIN, explorerPlugin()]}
    defaultTabs={[sharedSkills, skillGap, role].map(query => ({ query }))}
    defaultEditorToolsVisibility={false}
    shouldPersistHeaders={false}
  />,
)
