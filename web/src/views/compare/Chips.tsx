import { href } from '../../address'
import { Unknown } from '../../parts/Problem'
import { both } from '../../words'
import { isId, type Chosen } from './chosen'

const words = both({
  take: [(name: string) => `移除 ${name}`, (name: string) => `Remove ${name}`],
  gone: [
    (id: string) => `这个链接中的 ${id} 已不在图中。请移除它，或在上面另选一个。`,
    (id: string) => `The graph no longer has ${id}, which this link names. Remove it, or choose another above.`,
  ],
  unknown: ['未知', 'unknown'],
})

/** One of those that are compared, and the way to take it out again; `without` is the address without it. */
export function Chip({ chosen, without, onTake }: { chosen: Chosen; without: string; onTake: () => void }) {
  const { text, subject, problem } = chosen
  const name = subject?.name ?? (isId(text) ? (problem ? words.unknown : '…') : text)
  return (
    <span class={problem ? 'chip strange' : 'chip'}>
      {subject ? (
        <a lang="zh-CN" href={href('role', [subject.id])}>
          {name}
        </a>
      ) : (
        <span lang="zh-CN">{name}</span>
      )}
      <a class="take" href={without} aria-label={words.take(name)} onClick={onTake}>
        ×
      </a>
    </span>
  )
}

/** Why one of them is not compared, and what may have been meant; `instead` is the address with that in its place. */
export function Strange({ chosen, instead }: { chosen: Chosen; instead: (meant: string) => string }) {
  const { text, problem } = chosen
  if (!problem) return null
  if (isId(text) && problem.__typename === 'NotFound' && !problem.nearest.length) {
    return (
      <p class="panel problem" role="alert">
        {words.gone(text)}
      </p>
    )
  }
  return <Unknown problem={problem} href={instead} />
}
