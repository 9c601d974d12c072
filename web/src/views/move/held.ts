import type { Query } from '../../address'
import type { HeldInput } from '../../generated/graphql'
import { EDUCATION } from '../../parts/education'
import { wordsIn } from './asked'

/** Years of work as an address states them: `3`, or `3:数据分析` of a kind. */
export function yearsIn(query: URLSearchParams): { years: number; field: string }[] {
  return query.getAll('years').flatMap(text => {
    const [, number = '', field = ''] = /^([\d.]+)(?::(.*))?$/.exec(text) ?? []
    const years = Number(number || NaN)
    return years >= 0 && years <= 80 ? [{ years, field }] : []
  })
}

/** What the address states; null for nothing. */
export function heldIn(query: URLSearchParams): HeldInput | null {
  const education = EDUCATION.find(step => step === query.get('education'))
  const years = yearsIn(query)
  const certificates = query.getAll('certificates').flatMap(wordsIn)
  const languages = query.getAll('languages').flatMap(wordsIn)
  const held: HeldInput = {
    ...(education && { education }),
    ...(years.length > 0 && { years }),
    ...(certificates.length > 0 && { certificates }),
    ...(languages.length > 0 && { languages }),
  }
  return Object.keys(held).length ? held : null
}

/** What somebody has written in the form, for the address. */
export function heldQuery(form: FormData): Query {
  const text = (name: string): string => String(form.get(name) ?? '').trim()
  const fields = form.getAll('field').map(String)
  const years = form.getAll('years').map((given, index) => {
    const field = fields[index]?.trim() ?? ''
    return given === '' ? '' : field ? `${String(given)}:${field}` : String(given)
  })
  return {
    education: text('education'),
    years: years.filter(Boolean),
    certificates: wordsIn(text('certificates')).join(','),
    languages: wordsIn(text('languages')).join(','),
  }
}
