import { least } from '../../parts/education'
import { Need } from '../../parts/Need'
import { Saves } from '../../parts/Saves'
import { placed } from '../../parts/terms'
import { both, number } from '../../words'
import { HeldForm } from './Held'
import type { Gap } from './questions'

const words = both({
  title: ['学历、年限、证书与语言', 'Education, years, certificates, languages'],
  topic: ['方面', 'Topic'],
  wanted: ['要求', 'Asked for'],
  status: ['是否符合', 'Met or not'],
  need: ['多少招聘帖要求', 'How many postings ask'],
  source: ['出处', 'Source'],
  EDUCATION: ['学历', 'Education'],
  YEARS: ['工作年限', 'Years of work'],
  CERTIFICATE: ['证书', 'Certificate'],
  LANGUAGE: ['语言', 'Language'],
  MET: ['符合', 'met'],
  NOT_MET: ['不符合', 'not met'],
  NOT_STATED: ['没有说明', 'not stated'],
  NOT_READ: ['没有读到', 'not read'],
  unasked: ['招聘帖没有提到', 'no posting mentions it'],
  unheld: ['不知本人是否具备', 'what you have is not known'],
  cut: ['文档中断，可能只是没有读到', 'a document breaks off, so it may only not be read'],
  years: [
    (n: string, field: string) => `${field} ${n} 年以上`,
    (n: string, field: string) => `${n} years or more${field && ` in ${field}`}`,
  ],
  postings: ['招聘帖', 'postings'],
  of: ['共', 'of'],
})

const SIGNS = { MET: '✓', NOT_MET: '✗', NOT_STATED: '?', NOT_READ: '…' }

type Condition = Gap['conditions'][number]

/** What is asked for, in words; '' where no posting mentions the topic. */
function wanted({ topic, wanted, years, field }: Condition): string {
  if (years !== null) return words.years(number(years), field ?? '').trim()
  return topic === 'EDUCATION' && wanted ? least(wanted) : (wanted ?? '')
}

/** Why a status is as it is, where the word alone does not say. */
function reason(each: Condition): string {
  if (each.status === 'NOT_READ') return words.cut
  if (each.status !== 'NOT_STATED') return ''
  return each.postings ? words.unheld : words.unasked
}

/** What the target asks for besides skills, and whether it is met. */
export function Conditions({ found, query, name }: { found: Gap; query: URLSearchParams; name: string }) {
  return (
    <section class="move-conditions">
      <h3>{words.title}</h3>
      <HeldForm query={query} role={found.start !== null} />
      <div class="scroll" tabIndex={0} role="region" aria-label={words.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.topic}</th>
              <th scope="col">{words.wanted}</th>
              <th scope="col">{words.status}</th>
              <th scope="col">{words.need}</th>
              <th scope="col">{words.source}</th>
            </tr>
          </thead>
          <tbody>
            {found.conditions.map((each, index) => (
              <tr key={index}>
                <th scope="row">{words[each.topic]}</th>
                <td>{wanted(each) || '–'}</td>
                <td>
                  <span class={`move-status move-${each.status}`}>
                    <span aria-hidden="true">{SIGNS[each.status]}</span> {words[each.status]}
                  </span>
                  <small> {reason(each)}</small>
                </td>
                <td>
                  {each.postings > 0 && (
                    <Need postings={each.postings} all={found.postings} necessity={each.preferred ? 'PREFERRED' : 'REQUIRED'} />
                  )}
                </td>
                <td>
                  {each.sources.map(source => (
                    <p key={source.item.id + source.origin} class="move-source">
                      <q lang="zh-CN">{source.text}</q>
                      <small>
                        {' '}
                        {placed(source)}
                      </small>
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Saves
        name={name}
        table={() => [
          [words.topic, words.wanted, words.status, words.postings, words.of, words.source],
          ...found.conditions.map(each => [
            words[each.topic],
            wanted(each),
            words[each.status],
            each.postings,
            found.postings,
            each.sources.map(source => `${source.text} (${placed(source)})`).join(' | '),
          ]),
        ]}
      />
    </section>
  )
}
