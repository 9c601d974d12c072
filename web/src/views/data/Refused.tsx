import { both, number } from '../../words'
import { resend, type Refusal, type Round } from './loads'
import { size } from './sizes'

const words = both({
  BadDocument: [(name: string) => `“${name}”不能载入，所以这些文件都没有载入。`, (name: string) => `“${name}” cannot be taken, so none of these files was loaded.`],
  TooLarge: [(limit: string) => `超出服务器的上限（${limit}）。`, (limit: string) => `This is more than the server takes (${limit}).`],
  QueueFull: ['服务器上等待的载入已满，请稍后再试。', 'As many loads wait on the server as may. Try again later.'],
  FORBIDDEN: ['此密钥不能载入。', 'This key may not load.'],
  UNAUTHENTICATED: ['服务器不接受此密钥。', 'The server does not accept this key.'],
  GONE: ['服务器没有应答。', 'The server did not answer.'],
  LOST: ['服务器不再知道这次载入，请再次载入。', 'The server no longer knows of this load. Load again.'],
  without: [(name: string) => `去掉“${name}”，载入其余`, (name: string) => `Load all but “${name}”`],
  again: ['再次载入', 'Load again'],
})

/** Why the server did not take files, and what can be done. */
export function Refused({ round, refusal }: { round: Round; refusal: Refusal }) {
  const { code, name, limit, message } = refusal
  const known = words[code as 'GONE']
  const told =
    code === 'BadDocument'
      ? words.BadDocument(name ?? '')
      : code === 'TooLarge'
        ? words.TooLarge((limit ?? 0) > 10_000 ? size(limit!) : number(limit ?? 0))
        : (known ?? '')
  const files = round.files
  return (
    <div role="alert">
      <p class="failed">
        {told} {message && <span lang="en">{message}</span>}
      </p>
      {files.length > 0 && (
        <p class="choices">
          {code === 'BadDocument' && name && files.length > 1 && (
            <button type="button" onClick={() => resend(round, name)}>
              {words.without(name)}
            </button>
          )}
          <button type="button" onClick={() => resend(round)}>
            {words.again}
          </button>
        </p>
      )}
    </div>
  )
}
