import { both, number } from '../../words'
import type { Described } from './subject'
import { Stated } from './Facts'
import { Part } from './Part'
import { titles } from './titles'

const words = both({
  goal: ['目标：', 'Goal: '],
  rest: [(n: string) => `另有 ${n} 个`, (n: string) => `and ${n} more`],
})

/** What a role or department is measured by, as documents define it. */
export function Indicators({ indicators }: { indicators: Described['subject']['indicators'] }) {
  const rest = indicators.totalCount - indicators.edges.length
  if (!indicators.edges.length) return null
  return (
    <Part id="indicators" title={titles.indicators} count={indicators.totalCount}>
      <dl class="role-indicators">
        {indicators.edges.map(({ node, mentions }) => (
          <div key={node.id}>
            <dt lang="zh-CN">{node.name}</dt>
            {mentions.map(mention => (
              <dd key={mention.id}>
                {mention.definition && <p lang="zh-CN">{mention.definition}</p>}
                {mention.goal && mention.goal !== mention.definition && (
                  <p>
                    {words.goal}
                    <span lang="zh-CN">{mention.goal}</span>
                  </p>
                )}
                <Stated mention={mention.definition ? { ...mention, words: node.name } : mention} name={node.name} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
      {rest > 0 && <p>{words.rest(number(rest))}</p>}
    </Part>
  )
}
