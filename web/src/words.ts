// The page speaks Chinese and English: each text stands once, in both.
import { computed, signal } from '@preact/signals'
import { here } from './address'
import { kept } from './kept'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const chosen = signal<Language | null>(known(kept('language')))

/** What the address asks for, else what was chosen here before, else what the browser prefers. */
export const language = computed<Language>(
  () =>
    known(here.value.query.get('lang')) ??
    chosen.value ??
    (navigator.languages.find(each => /^(zh|en)\b/i.test(each))?.slice(0, 2).toLowerCase() as Language | undefined) ??
    'zh',
)

/** Chooses a language, for this browser. */
export function speak(language: Language): void {
  chosen.value = language
  kept('language', language)
}

function known(text: string | null): Language | null {
  return LANGUAGES.find(each => each === text) ?? null
}

type Pair<T> = readonly [zh: T, en: T]

/**
 * The texts of a part of the page, each [Chinese, English], as an object that gives them in the language of now:
 * `const words = both({ hello: ['你好', 'Hello'] })`, then `words.hello`.
 */
export function both<T extends Record<string, Pair<unknown>>>(texts: T): { readonly [K in keyof T]: T[K][0] } {
  const spoken = {}
  for (const [name, [zh, en]] of Object.entries(texts)) {
    Object.defineProperty(spoken, name, { enumerable: true, get: () => (language.value === 'zh' ? zh : en) })
  }
  return spoken as { readonly [K in keyof T]: T[K][0] }
}

/** A number as it is written in the language of now. */
export function number(value: number): string {
  return value.toLocaleString(language.value === 'zh' ? 'zh-CN' : 'en')
}

/** A share from 0 to 1 as per cent; a dash where there is none. */
export function percent(share: number | null | undefined): string {
  return share == null ? '–' : `${Math.round(share * 100)}%`
}

/** What a name from the graph is written in, where that is not the language of now. */
export function tongue(name: string): 'zh-CN' | undefined {
  return language.value !== 'zh' && /\p{Script=Han}/u.test(name) ? 'zh-CN' : undefined
}

/** The name of a skill in the language of now: many have an English one. */
export function skillName(skill: { name: string; nameEn?: string | null }): string {
  return (language.value === 'en' && skill.nameEn) || skill.name
}
