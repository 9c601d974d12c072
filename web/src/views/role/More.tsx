import { useEffect, useRef } from 'preact/hooks'
import { Failed } from '../../parts/Problem'
import { both, number } from '../../words'
import type { Pages } from './pages'

const words = both({
  more: ['更多', 'More'],
  shown: [
    (n: string, all: string) => `已显示 ${n} / ${all}`,
    (n: string, all: string) => `${n} of ${all} are shown`,
  ],
  reading: ['载入中……', 'Loading …'],
})

/** Where a filter names a thing that is not there. The list then says that it has nothing. */
export const NOT_FOUND = 'NOT_FOUND'

/** What stands below a list in pages: how much of it is shown, and the button for more. */
export function More({ pages, of }: { pages: Pages<unknown>; of: string }) {
  const shown = pages.edges?.length ?? 0
  const told = useRef<HTMLSpanElement>(null)
  const pressed = useRef(false)
  // The button goes with the last page: who has pressed it is left where it was, and not at the top.
  useEffect(() => {
    if (pressed.current && !pages.more) told.current?.focus()
    pressed.current = false
  }, [shown])
  function press(): void {
    pressed.current = true
    if (!pages.waiting) pages.more!()
  }
  return (
    <>
      {pages.problem && pages.problem.code !== NOT_FOUND && <Failed problem={pages.problem} />}
      <p class="role-more">
        {pages.more && (
          <button type="button" aria-disabled={pages.waiting} onClick={press} aria-label={`${words.more}: ${of}`}>
            {words.more}
          </button>
        )}
        <span ref={told} tabIndex={-1} role="status" class="soft">
          {pages.edges === null
            ? pages.waiting && words.reading
            : (pages.more || shown > 20) && words.shown(number(shown), number(pages.total))}
        </span>
      </p>
    </>
  )
}
