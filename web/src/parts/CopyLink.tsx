import { useEffect, useRef, useState } from 'preact/hooks'
import { both } from '../words'

const words = both({
  copy: ['复制链接', 'Copy link'],
  copied: ['链接已复制', 'The link is copied'],
  yourself: ['请复制此链接：', 'Copy this link: '],
})

const SHOWN_MS = 4_000

/** Copies the address of what is shown; where a page may not (without HTTPS), it stands there to be copied by hand. */
export function CopyLink() {
  const [told, tell] = useState<'copied' | 'yourself' | null>(null)
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (told === 'yourself') box.current?.select()
    if (told !== 'copied') return
    const timer = setTimeout(() => tell(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [told])
  const copy = async (): Promise<void> => {
    tell(await navigator.clipboard?.writeText(location.href).then(() => 'copied', () => 'yourself') ?? 'yourself')
  }
  return (
    <span class="copy">
      <button type="button" onClick={() => void copy()}>
        {words.copy}
      </button>{' '}
      <span role="status">{told === 'copied' && words.copied}</span>
      {told === 'yourself' && (
        <label>
          {words.yourself}
          <input ref={box} type="text" readOnly value={location.href} />
        </label>
      )}
    </span>
  )
}
