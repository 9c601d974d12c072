import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import { go, href, withQuery } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { Evidence } from '../../parts/Evidence'
import { Failed } from '../../parts/Problem'
import { Saves } from '../../parts/Saves'
import { both, number, skillName } from '../../words'

const DataCandidates = graphql(`
  query DataCandidates($minPostings: Int!, $k: Int!) {
    candidates(minPostings: $minPostings, k: $k) {
      skill {
        id
        name
      }
      postings
      roles
      examples {
        ...EvidenceParts
      }
      nearest {
        label
        skill {
          id
          name
          nameEn
        }
      }
    }
  }
`)

const words = both({
  title: ['候选技能', 'Candidate skills'],
  lead: [
    '文档像技能一样要求、而技能表中没有的说法。它们不参与对比，除非收入技能表。',
    'Phrases that documents ask for like skills and the taxonomy lacks. They are left out of comparisons until they are taken into the taxonomy.',
  ],
  how: ['怎样收入技能表', 'How to take them into the taxonomy'],
  first: ['存下这些说法，作为待编辑的表格：', 'Save the phrases as a table to edit: '],
  edit: ['删去不是技能的行，给其余的写上英文名和标识（slug）。', 'Delete the lines that are no skills; give the others an English name and a slug.'],
  last: ['让已存的文档按新表重新解读，不需要原文件：', 'Have the stored documents read again by the new table; no file is needed: '],
  least: ['至少出现于', 'Found in at least'],
  postings: [(n: number) => `${n} 个招聘帖`, (n: number) => (n === 1 ? '1 posting' : `${n} postings`)],
  phrase: ['说法', 'Phrase'],
  postingCount: ['招聘帖', 'Postings'],
  roles: ['岗位', 'Roles'],
  nearest: ['相近的技能', 'Skills like it'],
  examples: ['例句', 'Examples'],
  looking: ['查找中……', 'Looking …'],
  none: ['没有这样的说法。', 'There is no such phrase.'],
  more: ['再列 50 个', '50 more'],
})

const STEP = 50
const MOST = 1_000
const LEAST = [1, 2, 3, 5, 10, 20]

/** What the taxonomy lacks, with where it is asked for. */
export function Candidates({ minPostings }: { minPostings: number }) {
  const [k, ask] = useState(STEP)
  const [open, show] = useState<string | null>(null)
  const { answer, problem, waiting } = useAnswer(DataCandidates, { minPostings, k })
  const found = answer?.candidates
  return (
    <section aria-labelledby="data-candidates">
      <h2 id="data-candidates">{words.title}</h2>
      <p>{words.lead}</p>
      <details>
        <summary>{words.how}</summary>
        <ol>
          <li>
            {words.first}
            <code>rolegraph candidates --min 3 --tsv &gt; mine.tsv</code>
          </li>
          <li>{words.edit}</li>
          <li>
            {words.last}
            <code>rolegraph refresh --taxonomy mine.tsv</code>
          </li>
        </ol>
      </details>
      <p>
        <label>
          {words.least}{' '}
          <select
            value={minPostings}
            onChange={event => {
              const chosen = Number(event.currentTarget.value)
              go(withQuery({ minPostings: chosen > 1 ? chosen : null }), { replace: true })
            }}
          >
            {[...new Set([...LEAST, minPostings])].sort((a, b) => a - b).map(least => (
              <option key={least} value={least}>
                {words.postings(least)}
              </option>
            ))}
          </select>
        </label>
      </p>
      {problem && <Failed problem={problem} />}
      {!found && waiting && <p role="status">{words.looking}</p>}
      {found?.length === 0 && <p class="none">{words.none}</p>}
      {found && found.length > 0 && (
        <>
          <div class={waiting ? 'scroll stale' : 'scroll'} tabIndex={0} role="region" aria-label={words.title} aria-busy={waiting}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.phrase}</th>
                  <th scope="col" class="figure">
                    {words.postingCount}
                  </th>
                  <th scope="col" class="figure">
                    {words.roles}
                  </th>
                  <th scope="col">{words.nearest}</th>
                </tr>
              </thead>
              <tbody>
                {found.map(({ skill, postings, roles, examples, nearest }) => (
                  <Fragment key={skill.id}>
                    <tr>
                      <th scope="row">
                        <button
                          type="button"
                          class="opener"
                          aria-expanded={open === skill.id}
                          onClick={() => show(open === skill.id ? null : skill.id)}
                        >
                          <span lang="zh-CN">{skill.name}</span>
                        </button>
                      </th>
                      <td class="figure">{number(postings)}</td>
                      <td class="figure">{number(roles)}</td>
                      <td>
                        <ul class="inline">
                          {nearest.map(({ skill }) => (
                            <li key={skill.id}>
                              <a href={href('skill', [skill.id])}>{skillName(skill)}</a>
                            </li>
                          ))}
                        </ul>
                      </td>
                    </tr>
                    {open === skill.id && (
                      <tr class="opened-row">
                        <td colSpan={4}>
                          <Evidence places={examples} />
                        </td>
                      </tr>
                    )}
                  </Fragment>
                ))}
              </tbody>
            </table>
          </div>
          {found.length === k && k < MOST && (
            <p>
              <button type="button" disabled={waiting} onClick={() => ask(Math.min(k + STEP, MOST))}>
                {words.more}
              </button>
            </p>
          )}
          <Saves
            name={words.title}
            table={() => [
              [words.phrase, 'id', words.postingCount, words.roles, words.nearest, words.examples],
              ...found.map(({ skill, postings, roles, examples, nearest }) => [
                skill.name,
                skill.id,
                postings,
                roles,
                nearest.map(({ skill }) => skillName(skill)).join(' | '),
                examples.map(({ text }) => text).join(' | '),
              ]),
            ]}
          />
        </>
      )}
    </section>
  )
}
