/** Projects for tests and measurements: 示例, and nothing of them is real. */
import { isoOf } from '../canvas/day'
import { chance, TODAY } from '../canvas/sample'
import type { ListedRow } from './portfolio'

const TOWNS = ['示例镇', '示例经开区', '示例街道', '北示例镇', '南示例镇', '西示例街道', '东示例街道']
const KINDS = ['智能装备园', '水处理厂', '标准厂房', '中学扩建', '快速路', '储能基地', '冷链物流园']
const STAGES = ['前期', '拟开工', '在建', '投产']

export function sampleRows(count: number, seed = 3): ListedRow[] {
  const rand = chance(seed)
  return Array.from({ length: count }, (_, i): ListedRow => {
    const start = TODAY + Math.round((rand() - 0.55) * 700)
    const built = start + 250 + Math.round(rand() * 400)
    const full = built + 120 + Math.round(rand() * 200)
    const slip = Math.round(rand() * rand() * 140) - 10
    const day = (at: number) => isoOf(at)
    const done = (at: number) => (at < TODAY ? day(at) : null)
    const ahead = (milestone: string, at: number) => ({
      milestone,
      due: day(at - slip),
      done: done(at),
      expected: day(Math.max(at, TODAY)),
      days_late: slip,
      light: slip > 60 ? 'red' : slip > 0 ? 'amber' : 'green',
      blocking: { mover: '示例区住建局' },
    })
    return {
      id: `P${i}`,
      name: `示例${KINDS[i % KINDS.length] ?? ''}${i >= KINDS.length ? `（${Math.floor(i / KINDS.length) + 1}期）` : ''}`,
      stage: STAGES[Math.min(3, Math.max(0, Math.floor((TODAY - start) / 200) + 1))] ?? '',
      division: TOWNS[i % TOWNS.length] ?? null,
      industry: null,
      lead_org: '示例区经信局',
      lead_org_name: '示例区经信局',
      start_due: day(start - slip),
      finish_due: day(built - slip),
      operate_due: null,
      ramp_due: day(full - slip),
      started_on: done(start),
      completed_on: done(built),
      operating_on: null,
      ramped_on: null,
      ahead: i % 9 === 8 ? null : { milestones: [ahead('start', start), ahead('completion', built), ahead('capacity', full)] },
    }
  })
}
