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
  return (
    <>
      {pages.problem && pages.problem.code !== NOT_FOUND && <Failed problem={pages.problem} />}
      <p class="role-more">
        {pages.more && (
          <button type="button" disabled={pages.waiting} onClick={pages.more} aria-label={`${words.more}: ${of}`}>
            {words.more}
          </button>
        )}
        <span role="status" class="soft">
          {pages.edges === null
            ? pages.waiting && words.reading
            : (pages.more || shown > 20) && words.shown(number(shown), number(pages.total))}
        </span>
      </p>
    </>
  )
}
