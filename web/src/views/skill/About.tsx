import { useState } from 'preact/hooks'
import { href } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { CopyLink } from '../../parts/CopyLink'
import { SKILL_TYPES } from '../../parts/terms'
import { both, number, skillName } from '../../words'
import type { Found } from '../Skill'
import { SkillLink } from './SkillLink'

const SkillNear = graphql(`
  query SkillNear($text: String!) {
    find(text: $text, kinds: [SKILL], k: 12) {
      id
      name
      score
      status
      node {
        ... on Skill {
          nameEn
        }
      }
    }
  }
`)

const words = both({
  candidate: [
    '技能表中还没有这个说法：它是从文档中读出的，未经审核。',
    'The taxonomy lacks this phrase. It was read from the documents and nobody has checked it.',
  ],
  deprecated: ['此技能已从技能表移除，文档中仍有提及。', 'This skill is no longer in the taxonomy; documents still mention it.'],
  nearest: ['技能表中相近的技能：', 'Skills of the taxonomy that are like it: '],
  english: ['英文', 'English'],
  chinese: ['中文', 'Chinese'],
  none: ['没有', 'none'],
  type: ['类型', 'Type'],
  definition: ['定义', 'Definition'],
  also: ['也叫', 'Also called'],
  alsoEnglish: ['英文别名', 'Other names in English'],
  more: [(n: string) => `另有 ${n} 个`, (n: string) => `${n} more`],
  fewer: ['收起', 'fewer'],
  same: ['同一概念', 'The same concept'],
  close: ['相近概念', 'Nearly the same'],
  actions: ['下一步', 'Next steps'],
  graph: ['在图谱中显示', 'Show in the graph'],
  move: ['加入我的技能', 'Add to my skills'],
})

const NAMES = 12
/** What is less alike shares some letters and no more. */
const ALIKE = 0.67
const NEAREST = 5

/** What a skill is: its names, type, definition, and what other vocabularies call it. */
export function About({ skill }: { skill: Found }) {
  const shown = skillName(skill)
  return (
    <>
      {skill.status !== 'CURATED' && <Uncurated skill={skill} />}
      <dl class="skill-about">
        {shown !== skill.name && <Fact name={words.chinese} lang="zh-CN" value={skill.name} />}
        {skill.nameEn && shown === skill.name && <Fact name={words.english} lang="en" value={skill.nameEn} />}
        <Fact name={words.type} value={SKILL_TYPES[skill.type]} />
        {skill.definition && <Fact name={words.definition} lang="zh-CN" value={skill.definition} />}
        <Names title={words.also} names={skill.altNames} lang="zh-CN" />
        <Names title={words.alsoEnglish} names={skill.altNamesEn} lang="en" />
        <Matches title={words.same} iris={skill.exactMatch} />
        <Matches title={words.close} iris={skill.closeMatch} />
      </dl>
      <nav class="actions" aria-label={words.actions}>
        <a href={href('graph', [skill.id])}>
          {words.graph}
        </a>
        <a href={href('move', [skill.id])}>
          {words.move}
        </a>
        <CopyLink />
      </nav>
    </>
  )
}

function Fact({ name, value, lang }: { name: string; value: string; lang?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd lang={lang}>{value}</dd>
    </div>
  )
}

/** Some skills have more than a hundred names: the first, and the others on demand. */
function Names({ title, names, lang }: { title: string; names: string[]; lang: string }) {
  const [all, show] = useState(false)
  if (!names.length) return null
  const rest = names.length - NAMES
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <span lang={lang}>{(all ? names : names.slice(0, NAMES)).join(lang === 'en' ? ', ' : '、')}</span>{' '}
        {rest > 0 && (
          <button type="button" class="skill-small" aria-expanded={all} onClick={() => show(!all)}>
            {all ? words.fewer : words.more(number(rest))}
          </button>
        )}
      </dd>
    </div>
  )
}

/** Links that leave this server, which only a click follows. */
function Matches({ title, iris }: { title: string; iris: string[] }) {
  const links = iris.filter(iri => /^https?:\/\//.test(iri))
  if (!links.length) return null
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {links.map(iri => (
          <a key={iri} class="skill-match" href={iri} target="_blank" rel="noreferrer">
            {iri.includes('/esco/') ? `ESCO ${iri.slice(iri.lastIndexOf('/') + 1).slice(0, 8)}` : iri} ↗
          </a>
        ))}
      </dd>
    </div>
  )
}

/** That a phrase is not, or no longer, in the taxonomy, and what there is like it. */
function Uncurated({ skill }: { skill: Found }) {
  const { answer } = useAnswer(SkillNear, { text: skill.name })
  const near = answer?.find.filter(({ score, status }) => status === 'CURATED' && score >= ALIKE).slice(0, NEAREST)
  return (
    <div class="panel skill-note">
      <p>{skill.status === 'CANDIDATE' ? words.candidate : words.deprecated}</p>
      {near && (
        <p>
          {words.nearest}
          {near.length === 0 && words.none}
          {near.map(({ id, name, node }) => {
            const nameEn = node && 'nameEn' in node ? node.nameEn : null
            return <SkillLink key={id} chip skill={{ id, name: name ?? id, nameEn }} />
          })}
        </p>
      )}
    </div>
  )
}
