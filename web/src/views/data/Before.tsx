import type { LoadPartsFragment } from '../../generated/graphql'
import { both, language } from '../../words'
import { outcome, state } from './states'

const words = both({
  title: ['以前的载入', 'Earlier loads'],
  when: ['时间', 'When'],
  by: ['密钥', 'Key'],
  state: ['状态', 'State'],
  outcome: ['结果', 'Outcome'],
})

/** The loads of before, with what each came to. */
export function Before({ loads }: { loads: readonly LoadPartsFragment[] }) {
  if (!loads.length) return null
  return (
    <details>
      <summary>{words.title}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={words.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.by}</th>
              <th scope="col">{words.state}</th>
              <th scope="col">{words.outcome}</th>
            </tr>
          </thead>
          <tbody>
            {loads.map(load => (
              <tr key={load.id}>
                <th scope="row">{new Date(load.askedAt).toLocaleString(language.value === 'zh' ? 'zh-CN' : 'en')}</th>
                <td>{load.askedBy}</td>
                <td>{state(load)}</td>
                <td>
                  {outcome(load)}
                  {load.failures.map(({ origin, reason }) => (
                    <p key={origin}>
                      <bdi>{origin}</bdi>: <span lang="en">{reason}</span>
                    </p>
                  ))}
                  {load.problem && <p lang="en">{load.problem}</p>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
