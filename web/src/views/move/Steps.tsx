import { href, type Query } from '../../address'
import { placed } from '../../parts/terms'
import { both, number, skillName } from '../../words'
import { stepHref } from './asked'
import type { Path, Step } from './Paths'

export const stepWords = both({
  STATED: ['文档说明', 'stated'],
  INFERRED: ['由技能推断', 'inferred'],
  cost: [(n: string) => `代价 ${n}`, (n: string) => `cost ${n}`],
  lacking: [(n: number) => `缺 ${number(n)} 个技能`, (n: number) => (n === 1 ? 'lacks 1 skill' : `lacks ${number(n)} skills`)],
  unknown: ['所需技能未知', 'its skills are not known'],
})

const words = both({
  steps: ['各步', 'The steps'],
  INFERRED: ['没有文档说明这一步，由技能推断', 'No document states this step; it is inferred from the skills'],
  STATED: ['文档说明了这一步', 'A document states this step'],
  undescribed: ['没有招聘帖描述此岗位，所需技能未知', 'No posting describes this role, so its skills are not known'],
  rarest: ['缺少：', 'Lacking: '],
  more: [(n: number) => ` 等 ${number(n)} 个`, (n: number) => ` and others, ${number(n)} in all`],
  between: ['、', ', '],
  gap: [(from: string, to: string) => `看 ${from} 到 ${to} 的差距`, (from: string, to: string) => `What is missing from ${from} to ${to}`],
})

/** A cost as people read it: two digits are as many as mean anything. */
export function cost(value: number): string {
  return value.toFixed(2)
}

/** How many skills a step lacks, and what it costs. */
export function stepCost(step: Step): string {
  const lacking = step.to.described ? stepWords.lacking(step.lacking) : stepWords.unknown
  return `${lacking} · ${stepWords.cost(cost(step.cost))}`
}

/** The steps of a path as a list: the picture in words, with links. */
export function Steps({ path, rest }: { path: Path; rest: Query }) {
  return (
    <ol class="move-steps" aria-label={words.steps}>
      {path.steps.map(step => (
        <li key={step.to.id} class={`move-${step.basis}`}>
          <p class="move-ends" lang="zh-CN">
            <a href={href('role', [step.from.id])}>{step.from.name}</a> → <a href={href('role', [step.to.id])}>{step.to.name}</a>
          </p>
          <p>
            <span class="tag">{stepWords[step.basis]}</span> {stepCost(step)}
          </p>
          <p class="of">{words[step.basis]}</p>
          {step.stated.map(({ words: said, origin, line }) => (
            <p key={origin + line} class="move-source">
              <q lang="zh-CN">{said}</q>
              <small>
                {' '}
                {placed({ origin, line })}
              </small>
            </p>
          ))}
          {!step.to.described && <p class="of">{words.undescribed}</p>}
          {step.lacks.length > 0 && (
            <p class="of">
              {words.rarest}
              {step.lacks.map((skill, index) => (
                <span key={skill.id}>
                  {index > 0 && words.between}
                  <a href={href('skill', [skill.id])}>{skillName(skill)}</a>
                </span>
              ))}
              {step.lacking > step.lacks.length && words.more(step.lacking)}
            </p>
          )}
          {path.steps.length > 1 && (
            <p>
              <a href={stepHref(step.from.id, step.to.id, rest)}>{words.gap(step.from.name, step.to.name)}</a>
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}
