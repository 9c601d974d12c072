import type { DocumentLineFragment } from '../generated/graphql'
import { both } from '../words'

const words = both({
  repaired: ['已修复', 'repaired'],
  lost: ['有内容未读出', 'partly lost'],
  truncated: ['文本中断', 'cut off'],
  repeated: ['有重复', 'repeated'],
  'section-cut': ['略去了部分内容', 'parts left out'],
  masked: ['已隐去个人信息', 'personal data masked'],
  charset: ['编码为推断', 'encoding guessed'],
})

/** What was noticed when a document was read: each kind once, with what was said of it. */
export function Notes({ of: notes }: { of: DocumentLineFragment['notes'] }) {
  const codes = [...new Set(notes.map(({ code }) => code))]
  if (!codes.length) return null
  return (
    <ul class="notes">
      {codes.map(code => {
        const said = notes.filter(note => note.code === code)
        return (
          <li key={code}>
            <details>
              <summary>
                {words[code as keyof typeof words] ?? code}
                {said.length > 1 && ` × ${said.length}`}
              </summary>
              {said.slice(0, 5).map(({ message }) => (
                <p key={message}>{message}</p>
              ))}
            </details>
          </li>
        )
      })}
    </ul>
  )
}
