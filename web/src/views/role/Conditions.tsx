import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { least } from '../../parts/education'
import { Need } from '../../parts/Need'
import { placed } from '../../parts/terms'
import { both } from '../../words'

const RoleConditions = graphql(`
  query RoleConditions($id: String!) {
    conditions(role: $id, evidence: 3) {
      __typename
      ... on Conditions {
        cut
        silent
        stated {
          topic
          wanted
          years
          field
          postings
          preferred
          sources {
            item {
              id
            }
            text
            origin
            line
          }
        }
      }
    }
  }
`)

const words = both({
  title: ['条件概览', 'Conditions in short'],
  EDUCATION: ['学历', 'Education'],
  YEARS: ['工作年限', 'Years of work'],
  CERTIFICATE: ['证书', 'Certificates'],
  LANGUAGE: ['语言', 'Languages'],
  years: [
    (years: number, field: string | null | undefined) => `${years} 年以上${field ?? '工作'}经验`,
    (years: number, field: string | null | undefined) => `${years} ${years === 1 ? 'year' : 'years'} or more${field ? ` in ${field}` : ''}`,
  ],
  silent: ['没有提到：', 'Not mentioned: '],
  cut: ['有文档中断，没有提到的可能只是没有读到。', 'A document breaks off: what is not mentioned may only not be read.'],
  comma: ['、', ', '],
  sources: ['出处', 'Sources'],
})

/** Education, years, certificates and languages, as postings ask for them. */
export function Conditions({ id, postings }: { id: string; postings: number }) {
  const { answer } = useAnswer(RoleConditions, { id })
  const found = answer?.conditions.__typename === 'Conditions' ? answer.conditions : null
  if (!found?.stated.length) return null
  return (
    <section class="role-conditions" aria-label={words.title}>
      <h3>{words.title}</h3>
      <ul>
        {found.stated.map(each => (
          <li key={`${each.topic} ${each.wanted} ${each.years} ${each.field}`}>
            <span class="soft">{words[each.topic]}</span>{' '}
            {each.years != null ? (
              <strong>{words.years(each.years, each.field)}</strong>
            ) : (
              <strong lang={each.topic === 'EDUCATION' ? undefined : 'zh-CN'}>
                {each.topic === 'EDUCATION' && each.wanted ? least(each.wanted) : each.wanted}
              </strong>
            )}{' '}
            <small>
              <Need postings={each.postings} all={postings} necessity={each.preferred ? 'PREFERRED' : 'REQUIRED'} />
            </small>
            <details>
              <summary>{words.sources}</summary>
              <ul class="evidence">
                {each.sources.map(source => (
                  <li key={`${source.item.id} ${source.origin} ${source.line}`}>
                    <blockquote lang="zh-CN">{source.text}</blockquote>
                    <cite>{placed(source)}</cite>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
      {found.silent.length > 0 && (
        <p class="soft">
          {words.silent}
          {found.silent.map(topic => words[topic]).join(words.comma)}
        </p>
      )}
      {found.cut && <p class="soft">{words.cut}</p>}
    </section>
  )
}
