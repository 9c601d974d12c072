import type { LoadPartsFragment } from '../../generated/graphql'
import { both, number } from '../../words'

const words = both({
  QUEUED: ['排队中', 'waiting in line'],
  RUNNING: ['读取中', 'being read'],
  DONE: ['完成', 'done'],
  FAILED: ['失败', 'failed'],
  INTERRUPTED: ['中断', 'interrupted'],
  added: [(n: string) => `新增 ${n}`, (n: string) => `${n} new`],
  changed: [(n: string) => `替换 ${n}`, (n: string) => `${n} replaced`],
  unchanged: [(n: string) => `没有变化 ${n}`, (n: string) => `${n} unchanged`],
  empty: [(n: string) => `没有招聘帖 ${n}`, (n: string) => `${n} without a posting`],
  forgotten: [(n: string) => `移除 ${n}`, (n: string) => `${n} removed`],
  failed: [(n: string) => `未能读取 ${n}`, (n: string) => `${n} could not be read`],
})

const COUNTS = ['added', 'changed', 'unchanged', 'empty', 'forgotten', 'failed'] as const

/** What has become of a load, in a word. */
export const state = (load: LoadPartsFragment): string => words[load.state]

/** How many of its documents came to what, once it is done. */
export function outcome(load: LoadPartsFragment): string {
  return COUNTS.filter(name => load[name] > 0).map(name => words[name](number(load[name]))).join(' · ')
}
