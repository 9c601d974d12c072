import { both } from '../words'

/** The steps of education that documents ask for, from the least. */
export const EDUCATION = ['初中', '高中', '中专', '大专', '本科', '硕士', '博士'] as const

/** What each step is called. */
export const educationWords = both({
  初中: ['初中', 'Junior secondary (初中)'],
  高中: ['高中', 'Senior secondary (高中)'],
  中专: ['中专', 'Secondary vocational (中专)'],
  大专: ['大专', 'Junior college (大专)'],
  本科: ['本科', 'Bachelor (本科)'],
  硕士: ['硕士', 'Master (硕士)'],
  博士: ['博士', 'Doctor (博士)'],
})

const words = both({ least: [(step: string) => `${step}及以上`, (step: string) => `${step} or above`] })

/** A step as the least that is asked for. */
export function least(step: string): string {
  return words.least(educationWords[step as keyof typeof educationWords] ?? step)
}
