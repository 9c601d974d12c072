import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Query } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { RoleWhere } from '../../generated/graphql'
import { EDUCATION, educationWords } from '../../parts/education'
import { both, number } from '../../words'

const RoleFacets = graphql(`
  query RoleFacets {
    facets(k: 100) {
      __typename
      ... on Facets {
        organizations {
          value
          postings
        }
        departments {
          value
          postings
        }
      }
    }
  }
`)

const words = both({
  filters: ['筛选', 'Filter'],
  text: ['名称', 'Name'],
  department: ['部门', 'Department'],
  organization: ['单位', 'Organization'],
  education: ['要求学历', 'Education asked for'],
  any: ['不限', 'any'],
  order: ['排序', 'Order'],
  name: ['按名称', 'by name'],
  most: ['招聘帖多者在前', 'most postings first'],
  named: ['包括只被提到的岗位', 'Also roles that are only named'],
})

const PAUSE_MS = 200

/** What the query of an address asks of roles. An education that is none asks nothing. */
export function whereOf(query: URLSearchParams): RoleWhere {
  const department = query.get('department')
  const education = query.get('education')
  return {
    text: query.get('text') || null,
    department: department ? { name: department } : null,
    organization: query.get('organization') || null,
    education: education && EDUCATION.some(step => step === education) ? education : null,
    named: query.get('named') === '1',
  }
}

/** Chooses which roles are listed, and in which order. */
export function Filters({ query, onChange }: { query: URLSearchParams; onChange: (changed: Query) => void }) {
  const { answer } = useAnswer(RoleFacets, {})
  const facets = answer?.facets.__typename === 'Facets' ? answer.facets : null
  const id = useId()
  const choose = (name: string) => (value: string) => onChange({ [name]: value || null })
  const facet = (name: 'departments' | 'organizations') =>
    facets?.[name].map(({ value, postings }) => ({ value, text: `${value} (${number(postings)})` })) ?? []
  return (
    <form class="role-filters" role="search" aria-label={words.filters} onSubmit={event => event.preventDefault()}>
      <TextFilter label={words.text} value={query.get('text') ?? ''} onChange={choose('text')} />
      <Choice label={words.department} value={query.get('department')} options={facet('departments')} onChange={choose('department')} />
      <Choice
        label={words.organization}
        value={query.get('organization')}
        options={facet('organizations')}
        onChange={choose('organization')}
      />
      <Choice
        label={words.education}
        value={query.get('education')}
        options={EDUCATION.map(value => ({ value, text: educationWords[value] }))}
        onChange={choose('education')}
      />
      <p>
        <label for={`${id}-order`}>{words.order}</label>
        <select
          id={`${id}-order`}
          value={query.get('order') === 'most' ? 'most' : ''}
          onChange={event => onChange({ order: event.currentTarget.value || null })}
        >
          <option value="">{words.name}</option>
          <option value="most">{words.most}</option>
        </select>
      </p>
      <label class="role-check">
        <input
          type="checkbox"
          checked={query.get('named') === '1'}
          onChange={event => onChange({ named: event.currentTarget.checked ? 1 : null })}
        />
        {words.named}
      </label>
    </form>
  )
}

interface ChoiceProps {
  label: string
  value: string | null
  options: { value: string; text: string }[]
  onChange: (value: string) => void
}

/** One of several, or any; nothing where there is none to choose. What the address asks for is always among them. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  const id = useId()
  const known = !value || options.some(option => option.value === value)
  const all = known ? options : [{ value: value!, text: value! }, ...options]
  if (!all.length) return null
  return (
    <p>
      <label for={id}>{label}</label>
      <select id={id} value={value ?? ''} onChange={event => onChange(event.currentTarget.value)}>
        <option value="">{words.any}</option>
        {all.map(option => (
          <option key={option.value} value={option.value} lang="zh-CN">
            {option.text}
          </option>
        ))}
      </select>
    </p>
  )
}

/** Asks a moment after the last key, and not while an input method composes. */
function TextFilter({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const id = useId()
  const [typed, type] = useState(value)
  const timer = useRef(0)
  useEffect(() => type(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  function rest(text: string): void {
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => onChange(text.trim()), PAUSE_MS)
  }
  return (
    <p>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="search"
        autocomplete="off"
        value={typed}
        onInput={event => {
          type(event.currentTarget.value)
          if (!event.isComposing) rest(event.currentTarget.value)
        }}
        onCompositionEnd={event => rest(event.currentTarget.value)}
      />
    </p>
  )
}
