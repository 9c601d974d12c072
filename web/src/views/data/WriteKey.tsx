import { useState } from 'preact/hooks'
import { ask, giveKey, NoAnswer } from '../../ask'
import { graphql } from '../../generated'
import { both } from '../../words'

const DataKey = graphql(`
  query DataKey {
    loads(first: 1) {
      id
    }
  }
`)

const words = both({
  key: ['可写的密钥', 'Key that may write'],
  use: ['使用', 'Use'],
  unknown: ['服务器不认识这个密钥。', 'The server does not know this key.'],
  reads: ['这个密钥只能查看，不能载入。', 'This key may only read, not load.'],
})

/** Takes a key once the server has said that it may write. */
export function WriteKey() {
  const [typed, type] = useState('')
  const [problem, tell] = useState('')
  const [waiting, wait] = useState(false)

  async function use(): Promise<void> {
    wait(true)
    tell('')
    try {
      await ask(DataKey, {}, undefined, { by: typed.trim() })
      giveKey(typed.trim())
    } catch (error) {
      const { code, message } = error instanceof NoAnswer ? error : { code: '', message: String(error) }
      tell(code === 'UNAUTHENTICATED' ? words.unknown : code === 'FORBIDDEN' ? words.reads : message)
    } finally {
      wait(false)
    }
  }

  return (
    <form
      class="write-key"
      onSubmit={event => {
        event.preventDefault()
        if (typed.trim()) void use()
      }}
    >
      <label>
        {words.key}{' '}
        <input type="password" autocomplete="off" value={typed} onInput={event => type(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={waiting}>
        {words.use}
      </button>
      <span role="alert">{problem}</span>
    </form>
  )
}
