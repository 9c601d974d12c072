import type { SkillType } from '../../generated/graphql'
import { both } from '../../words'

export const TYPES: readonly SkillType[] = ['KNOWLEDGE', 'SKILL', 'TOOL', 'TRAIT']

/** The kinds of skills, as people call them. */
export const typeWords = both({
  KNOWLEDGE: ['知识', 'knowledge'],
  SKILL: ['技能', 'skill'],
  TOOL: ['工具', 'tool'],
  TRAIT: ['素质', 'trait'],
})
