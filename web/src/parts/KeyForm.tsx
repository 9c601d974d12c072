import { useSignal } from '@preact/signals'
import { giveKey, key, wanted } from '../ask'
import { both } from '../words'

const words = both({
  needed: ['此服务器需要密钥。请向管理员索取；密钥只在此标签页关闭前保留。', 'This server asks for a key. Its administrator has one for you; it is kept until this tab is closed.'],
  refused: ['此密钥不被接受。', 'This key is not accepted.'],
  key: ['密钥', 'Key'],
  use: ['使用', 'Use'],
})

/** Asks for an API key once the server has asked for one. */
export function KeyForm() {
  const typed = useSignal('')
  if (!wanted.value) return null
  return (
    <form
      class="panel key"
      onSubmit={event => {
        event.preventDefault()
        giveKey(typed.value.trim())
      }}
    >
      <p role="alert">{key.value ? words.refused : words.needed}</p>
      <label>
        {words.key}
        <input type="password" autocomplete="off" value={typed.value} onInput={event => (typed.value = event.currentTarget.value)} />
      </label>
      <button type="submit">{words.use}</button>
    </form>
  )
}
