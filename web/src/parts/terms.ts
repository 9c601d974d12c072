// What several views call the same: where a sentence stands, and the values of enumerations of the schema.
import type { Necessity, SkillType } from '../generated/graphql'
import { both } from '../words'

const words = both({
  place: [(origin: string, line: number) => `${origin}, 第 ${line} 行`, (origin: string, line: number) => `${origin}, line ${line}`],
})

/** Where a sentence stands: its document and the line in it. Marks in a name that turn text around would turn the line too. */
export function placed({ origin, line }: { origin: string; line: number }): string {
  return words.place(origin.replace(/\p{Bidi_Control}/gu, ''), line)
}

export const NECESSITIES: Readonly<Record<Necessity, string>> = both({
  REQUIRED: ['必须', 'required'],
  PREFERRED: ['优先', 'preferred'],
})

export const SKILL_TYPES: Readonly<Record<SkillType, string>> = both({
  KNOWLEDGE: ['知识', 'knowledge'],
  SKILL: ['技能', 'skill'],
  TOOL: ['工具', 'tool'],
  TRAIT: ['素质', 'trait'],
})
