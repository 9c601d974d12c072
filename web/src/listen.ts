// Subscriptions, by graphql-transport-ws: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
import { served } from './address'
import { key } from './ask'
import type { TypedDocumentString } from './generated/graphql'

/** A connection that says nothing for so long, not even to a ping, is lost. */
const SILENCE_MS = 10_000

interface Message {
  type: string
  payload?: unknown
}

/**
 * Gives each event of a subscription to `next`, until its end. Raises where the connection cannot be made or is lost,
 * and for what the server refuses.
 */
export function listen<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  next: (event: Result) => void,
): Promise<void> {
  return new Promise((done, fail) => {
    const url = new URL(served('graphql'), location.href)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(url, 'graphql-transport-ws') // raises where a policy forbids it
    const say = (message: Message & { id?: string }): void => socket.send(JSON.stringify(message))
    let heard = false
    const watch = setInterval(() => {
      if (!heard) return end(() => fail(new Error('silence')))
      heard = false
      say({ type: 'ping' })
    }, SILENCE_MS)
    const end = (act: () => void): void => {
      clearInterval(watch)
      socket.onclose = null
      socket.close()
      act()
    }
    socket.onopen = () => say({ type: 'connection_init', payload: key.value ? { authorization: `Bearer ${key.value}` } : {} })
    socket.onclose = () => end(() => fail(new Error('closed')))
    socket.onmessage = ({ data }) => {
      heard = true
      const { type, payload } = JSON.parse(String(data)) as Message
      if (type === 'connection_ack') say({ type: 'subscribe', id: '1', payload: { query: document.toString(), variables } })
      else if (type === 'ping') say({ type: 'pong' })
      else if (type === 'error') end(() => fail(new Error(JSON.stringify(payload))))
      else if (type === 'complete') end(done)
      else if (type === 'next') {
        const { data, errors } = payload as { data?: Result; errors?: unknown }
        if (data && !errors) next(data)
        else end(() => fail(new Error(JSON.stringify(errors))))
      }
    }
  })
}
