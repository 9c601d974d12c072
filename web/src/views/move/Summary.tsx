import { both, number, percent } from '../../words'
import type { Gap } from './questions'

const words = both({
  whole: [
    (has: string, all: string, share: string, name: string) => `${name} 所需的 ${all} 个技能中，已具备 ${has} 个：${share}`,
    (has: string, all: string, share: string, name: string) => `${has} of ${all} skills that ${name} needs are there: ${share}`,
  ],
  partly: [(n: string) => `部分具备 ${n} 个`, (n: string) => `${n} in part`],
  lacks: [(n: string) => `缺少 ${n} 个`, (n: string) => `${n} lacking`],
  preferred: [(n: string) => `其中 ${n} 个只是优先`, (n: string) => `${n} of these only preferred`],
  and: ['，', ', '],
  end: ['。', '.'],
  weighted: [
    (share: string) => `加权后（少见的技能更重）：${share}`,
    (share: string) => `Weighted, rare skills counting for more: ${share}`,
  ],
  silent: [
    (name: string) => `没有招聘帖说明 ${name} 需要哪些技能，所以差距不得而知。`,
    (name: string) => `No posting states which skills ${name} needs, so what is missing is not known.`,
  ],
  rare: ['没有技能达到所选的招聘帖比例。', 'No skill is asked for by the chosen share of postings.'],
  unknown: [
    '出发处没有已知的技能，所以哪些真的缺少不得而知。',
    'No skill of the start is known, so it is not known either which are really missing.',
  ],
})

/** How much of what is needed is there, in a sentence and as a bar. */
export function Summary({ found, minShare }: { found: Gap; minShare: number }) {
  const { has, partly, lacks, target, coverage } = found
  const all = has.length + partly.length + lacks.length
  if (!all) return <p class="panel">{minShare ? words.rare : words.silent(target.name)}</p>
  const preferred = lacks.filter(({ necessity }) => necessity === 'PREFERRED').length
  const rest = [
    ...(partly.length ? [words.partly(number(partly.length))] : []),
    words.lacks(number(lacks.length)),
    ...(preferred ? [words.preferred(number(preferred))] : []),
  ]
  const share = percent(has.length / all)
  return (
    <div class="move-summary">
      <p>
        <strong>{words.whole(number(has.length), number(all), share, target.name)}</strong>
        {words.and + rest.join(words.and) + words.end}
      </p>
      <div class="move-bar" aria-hidden="true">
        {([['has', '✓', has], ['partly', '◐', partly], ['lacks', '✗', lacks]] as const).map(
          ([part, sign, lines]) =>
            lines.length > 0 && (
              <span key={part} class={`move-${part}`} style={{ flexGrow: lines.length }}>
                {sign} {number(lines.length)}
              </span>
            ),
        )}
      </div>
      {coverage !== null && <p class="soft">{words.weighted(percent(coverage)) + words.end}</p>}
      {found.known === 0 && <p>{words.unknown}</p>}
    </div>
  )
}
