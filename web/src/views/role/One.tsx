import { useEffect, useRef } from 'preact/hooks'
import { href } from '../../address'
import { CopyLink } from '../../parts/CopyLink'
import { both, number } from '../../words'
import { Duties } from './Duties'
import { Indicators } from './Indicators'
import { Contents } from './Part'
import { hasPlace, Place, placeTitle } from './Place'
import { Postings } from './Postings'
import { Requirements } from './Requirements'
import { Similar } from './Similar'
import { Skills } from './Skills'
import type { Described } from './subject'
import { titles } from './titles'

const words = both({
  role: ['岗位', 'Role'],
  department: ['部门', 'Department'],
  postings: [
    (n: string) => `${n} 个招聘帖`,
    (n: string) => (n === '1' ? '1 posting' : `${n} postings`),
  ],
  repeats: [(n: string) => `（另有 ${n} 个重复的不计）`, (n: string) => ` (and ${n} that repeat others)`],
  also: ['又名：', 'Also: '],
  comma: ['、', ', '],
  named: [
    '文档只提到此岗位，没有描述它的招聘帖，所以职责与技能未知。',
    'Documents only name this role. No posting describes it, so its duties and skills are not known.',
  ],
  bare: [
    '文档只提到此部门，没有关于它的部门职责说明。',
    'Documents only name this department. None describes its own duties.',
  ],
  actions: ['下一步', 'Next steps'],
  compare: ['与……对比', 'Compare with …'],
  move: ['由此转岗', 'Move from here'],
  graph: ['在图谱中显示', 'Show in the graph'],
  search: ['查找其他岗位', 'Find another role'],
})

interface OneProps {
  found: Described
  /** The id of the skill whose evidence is shown. */
  open: string | null
  /** Whether it is told of at once, since somebody has chosen it here. */
  focus: boolean
}

/** All that is known of a role or department. */
export function One({ found, open, focus }: OneProps) {
  const { subject, postings } = found
  const { id, name, altNames, duties, requirements, skills, indicators } = subject
  const role = subject.__typename === 'Role'
  const all = subject.postings.totalCount
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef<string | null>(focus ? null : id)
  // Who has followed a link from one role to another hears of it; a link to a part leads there once the part is there.
  useEffect(() => {
    if (before.current !== id) heading.current?.focus()
    else if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
    before.current = id
  }, [id])

  const parts = [
    { id: 'duties', title: titles.duties, count: duties.totalCount },
    { id: 'requirements', title: titles.requirements, count: requirements.totalCount },
    { id: 'skills', title: titles.skills, count: skills.totalCount },
    { id: 'place', title: placeTitle(subject), count: hasPlace(subject) ? undefined : 0 },
    { id: 'indicators', title: titles.indicators, count: indicators.totalCount },
    { id: 'similar', title: titles.similar, count: skills.totalCount ? undefined : 0 },
    { id: 'postings', title: titles.postings, count: all },
  ].filter(({ count }) => count !== 0)

  return (
    <article class="role-sheet">
      <header>
        <p class="kind">{role ? words.role : words.department}</p>
        <h1 ref={heading} tabIndex={-1} lang="zh-CN">
          {name}
        </h1>
        {altNames.length > 0 && (
          <p>
            {words.also}
            <span lang="zh-CN">{altNames.join(words.comma)}</span>
          </p>
        )}
        <p>
          {all > 0 && words.postings(number(postings))}
          {all > postings && words.repeats(number(all - postings))}
          {all === 0 && (role ? words.named : words.bare)}
        </p>
        <nav class="actions" aria-label={words.actions}>
          <a href={href('compare', [id])}>{words.compare}</a>
          <a href={href('move', [id])}>{words.move}</a>
          <a href={href('graph', [id])}>{words.graph}</a>
          <a href={href('role')}>{words.search}</a>
          <CopyLink />
        </nav>
      </header>
      <div class="role-body">
        {parts.length > 2 && <Contents parts={parts} />}
        <div class="role-parts">
          {duties.totalCount > 0 && <Duties id={id} name={name} count={duties.totalCount} />}
          {requirements.totalCount > 0 && <Requirements found={found} />}
          {skills.totalCount > 0 && <Skills found={found} open={open} />}
          <Place subject={subject} />
          <Indicators indicators={indicators} />
          {skills.totalCount > 0 && <Similar id={id} />}
          {all > 0 && <Postings id={id} count={all} />}
        </div>
      </div>
    </article>
  )
}
