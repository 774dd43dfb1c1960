/** A plan for tests and measurements: 示例, and nothing of it is real. */
import { dayOf, isoOf } from './day'
import { lastDay, merged, workingDay } from './offDays'
import type { PlanActivity, PlanShown } from './planView'
import { weekdayOf } from './day'

const START = dayOf('2026-01-05')
export const TODAY = dayOf('2026-05-18')
const NAMES = ['签约、准入评审', '赋码备案', '净地整理', '规划条件', '环评报告表编制', '环评审批', '节能审查', '工程规划许可', '施工图审查', '施工许可', '桩基与基础', '主体结构', '设备采购', '安装调试', '联合验收']
const OWNERS = ['示例区发改局', '示例区自然资源局', '示例区生态环境局', '示例区住建局', '项目单位']
const PHASES = ['前期手续', '设计', '施工准备', '施工与验收', '投产达产']

/** Weekends of a span of days. */
export function weekends(from: number, until: number): { from: number; until: number }[] {
  const spans = []
  for (let day = from; day <= until; day++) if (weekdayOf(day) === 6) spans.push({ from: day, until: day + 1 })
  return merged(spans)
}

/** A small generator of chance that is the same everywhere. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** `count` activities in chains, with the last of each phase a milestone for the first 33 rows' sake. */
export function samplePlan(count = 33, seed = 7): PlanShown {
  const rand = chance(seed)
  const off = weekends(START - 60, START + 3200)
  const activities: PlanActivity[] = []
  const links: PlanShown['links'] = []
  const finishes: number[] = []
  for (let i = 0; i < count; i++) {
    const before = i === 0 ? null : i % 3 === 0 ? Math.max(0, i - 3) : i - 1
    const last = (i + 1) % Math.ceil(count / 4) === 0 || i === count - 1
    const days = last ? 0 : 2 + Math.floor(rand() * 26)
    const from = before === null ? START : (finishes[before] ?? START) + 1
    const start = Math.min(workingDay(off, from, 0), START + 2600)
    const finish = days === 0 ? start : lastDay(off, start, days)
    finishes.push(finish)
    if (before !== null) links.push({ from: `S${before}`, to: `S${i}`, ends: i % 11 === 10 ? 'SS' : 'FS', lag: 0, driving: i % 3 !== 2 })
    activities.push(activityOf(i, count, { days, start, finish }, rand, off))
  }
  const reaching = activities.filter((a) => a.milestone.length > 0)
  return {
    name: '示例电驱总成项目',
    today: isoOf(TODAY),
    can_edit: true,
    phases: PHASES.map((name, number) => ({ number, name })),
    activities,
    links,
    milestones: reaching.map((a, i) => milestoneOf(a, i, activities)),
    baselines: [{ name: '示例基线', on: '2026-03-02', dates: activities.map((a, i) => ({ id: a.id, start: isoOf(dayOf(a.start) - (i % 4) * 4), finish: isoOf(dayOf(a.finish) - (i % 4) * 5) })) }],
    off_days: off.map((s) => ({ from: isoOf(s.from), until: isoOf(s.until) })),
    provisional_from: '2027-01-01',
    finish: activities.at(-1)?.finish ?? null,
  }
}

interface Dates {
  days: number
  start: number
  finish: number
}

function activityOf(i: number, count: number, { days, start, finish }: Dates, rand: () => number, off: ReturnType<typeof weekends>): PlanActivity {
  const done = finish < TODAY
  const running = !done && start <= TODAY
  const permit = i % 5 === 2 || i % 5 === 0
  const float = Math.floor(rand() * rand() * 40)
  const state = done ? 'done' : running ? (permit ? 'paused' : 'running') : 'waiting'
  const pause = state === 'paused' ? [{ from: isoOf(start + 2), until: isoOf(TODAY) }] : []
  return {
    id: `S${i}`,
    place: i,
    phase: Math.min(PHASES.length - 1, Math.floor((i * PHASES.length) / count)),
    name: `${NAMES[i % NAMES.length] ?? ''}${i >= NAMES.length ? ` ${Math.floor(i / NAMES.length) + 1}` : ''}`,
    own: false,
    days,
    after: '',
    after_others: [],
    departments: [OWNERS[i % OWNERS.length] ?? ''],
    org: null,
    party: null,
    formality: [],
    milestone: days === 0 ? [['start', 'completion', 'production', 'capacity'][Math.min(3, Math.floor((i * 4) / count))] ?? 'start'] : [],
    limit: permit ? { days: 20, unit: 'wd' } : null,
    not_before: null,
    due: null,
    note: null,
    undecided: false,
    state,
    start: isoOf(start),
    finish: isoOf(finish),
    actual_start: done || running ? isoOf(start) : null,
    actual_finish: done ? isoOf(finish) : null,
    late_start: isoOf(workingDay(off, start, float)),
    late_finish: isoOf(workingDay(off, finish, float)),
    total_float: float,
    free_float: 0,
    remaining: done ? 0 : days,
    percent: running && state === 'running' ? 40 : 0,
    drives: [],
    clock_run: permit && (done || running) ? { accepted: isoOf(start), limit_day: isoOf(lastDay(off, start, 20)), pauses: pause, overdue: 0 } : null,
    odds: null,
  }
}

const MILESTONES = ['开工', '竣工', '投产', '达产']

function milestoneOf(a: PlanActivity, i: number, all: readonly PlanActivity[]): PlanShown['milestones'][number] {
  const at = dayOf(a.finish)
  const place = Number(a.id.slice(1))
  return {
    milestone: a.milestone[0] ?? '',
    activity: a.id,
    name: MILESTONES[i] ?? a.name,
    due: isoOf(at - 13),
    done: a.state === 'done' ? a.finish : null,
    expected: a.finish,
    odds: { p10: isoOf(at - 4), p50: isoOf(at + 8), p80: isoOf(at + 21), p90: isoOf(at + 34), in_time: 2900 },
    days_late: 13,
    light: 'amber',
    path: all.filter((o) => Number(o.id.slice(1)) <= place && o.id.endsWith(a.id.at(-1) ?? '') || (Number(o.id.slice(1)) <= place && Number(o.id.slice(1)) % 3 === 0)).map((o) => o.id),
  }
}
