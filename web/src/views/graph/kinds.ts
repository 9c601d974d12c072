// The kinds of nodes and relations: what they are called, how they are drawn.
import type { NodeKind, Relation } from '../../generated/graphql'
import { both } from '../../words'

/** The lanes of the picture, from left to right: it reads as the data flows, from document to department. */
export const LANES: readonly (readonly NodeKind[])[] = [
  ['DOCUMENT', 'POSTING'],
  ['ROLE'],
  ['DUTY', 'REQUIREMENT'],
  ['SKILL'],
  ['DEPARTMENT', 'INDICATOR'],
]

/** In the order in which they are listed. */
export const KINDS: readonly NodeKind[] = ['ROLE', 'DUTY', 'REQUIREMENT', 'SKILL', 'DEPARTMENT', 'INDICATOR', 'POSTING', 'DOCUMENT']

export const kindNames = both({
  ROLE: ['岗位', 'Roles'],
  DUTY: ['职责', 'Duties'],
  REQUIREMENT: ['任职要求', 'Requirements'],
  SKILL: ['技能', 'Skills'],
  DEPARTMENT: ['部门', 'Departments'],
  INDICATOR: ['指标', 'Indicators'],
  POSTING: ['招聘帖', 'Postings'],
  DOCUMENT: ['文档', 'Documents'],
})

export const kindName = both({
  ROLE: ['岗位', 'Role'],
  DUTY: ['职责', 'Duty'],
  REQUIREMENT: ['任职要求', 'Requirement'],
  SKILL: ['技能', 'Skill'],
  DEPARTMENT: ['部门', 'Department'],
  INDICATOR: ['指标', 'Indicator'],
  POSTING: ['招聘帖', 'Posting'],
  DOCUMENT: ['文档', 'Document'],
})

/** A word between two names: 运营策划 → 负责 → … */
export const relationNames = both({
  HAS_DUTY: ['负责', 'does'],
  HAS_REQUIREMENT: ['要求', 'demands'],
  REQUIRES: ['用到', 'takes'],
  NEEDS: ['需要', 'needs'],
  INVOLVES: ['涉及', 'involves'],
  BELONGS_TO: ['属于', 'belongs to'],
  APPLIED_IN: ['用于', 'is applied in'],
  REPORTS_TO: ['汇报给', 'reports to'],
  LEADS_TO: ['可晋升为', 'leads to'],
  PART_OF: ['隶属', 'is part of'],
  MEASURED_BY: ['考核', 'is measured by'],
  BROADER: ['归入', 'is a kind of'],
  RELATED: ['相关', 'is related to'],
  DESCRIBES: ['描述', 'describes'],
} satisfies Record<Relation, [string, string]>)

export const RELATIONS = Object.keys(relationNames) as Relation[]

/** Solid: documents state it. Dashed: counted from what they state. Dotted: the taxonomy says it. */
type Stroke = 'solid' | 'dashed' | 'dotted'

export function strokeOf(relation: Relation): Stroke {
  if (relation === 'NEEDS' || relation === 'APPLIED_IN') return 'dashed'
  return relation === 'BROADER' || relation === 'RELATED' ? 'dotted' : 'solid'
}

export const DASHES: Record<Stroke, readonly number[]> = { solid: [], dashed: [6, 4], dotted: [1.5, 3] }

/** The outline of a kind: corners, each from -1 to 1; or how round a rectangle is, in parts of half its height. */
type Outline = readonly (readonly [x: number, y: number])[] | number

export const OUTLINES: Record<NodeKind, Outline> = {
  ROLE: 0.4,
  SKILL: 1,
  DUTY: 0,
  REQUIREMENT: [[-0.94, -1], [0.94, -1], [1, -0.7], [1, 0.7], [0.94, 1], [-0.94, 1], [-1, 0.7], [-1, -0.7]],
  DEPARTMENT: [[-0.86, -1], [0.86, -1], [1, 0], [0.86, 1], [-0.86, 1], [-1, 0]],
  INDICATOR: [[-0.82, -1], [1, -1], [0.82, 1], [-1, 1]],
  POSTING: [[-1, -1], [0.84, -1], [1, 0], [0.84, 1], [-1, 1]],
  DOCUMENT: [[-1, -1], [0.82, -1], [1, -0.5], [1, 1], [-1, 1]],
}
