/** A plan, as the server tells it, as something to draw. */
import type { Lang } from '../../../shared/words'
import { type Day, dayOf, dayOrNull, type Span } from './day'
import { isLate, type MapGroup, type MapModel, type MapRow, type RowLight, type RowState } from './model'
import { merged } from './offDays'
import type { PlanActivity, PlanMilestone, PlanShown } from './planView'

export interface Choices {
  lang: Lang
  /** Place of the baseline that is the ghost, the newest when absent; `null`: none. */
  baseline?: number | null
  /** A contractor's dates by step. */
  contractor?: ReadonlyMap<string, { from: string; until: string }>
}

const spanOf = ({ from, until }: { from: string; until: string }): Span => ({ from: dayOf(from), until: dayOf(until) })

export function fromPlan(plan: PlanShown, { lang, baseline, contractor }: Choices): MapModel {
  const ghost = baseline === null ? undefined : plan.baselines.at(baseline ?? -1)
  const ghosts = new Map(ghost?.dates.map((d) => [d.id, spanOf({ from: d.start, until: d.finish })]))
  const reached = new Map(plan.milestones.map((m) => [m.activity, m]))
  const theirs = (id: string): Span | null => {
    const span = contractor?.get(id)
    return span ? spanOf(span) : null
  }
  const rows = plan.activities.map((a) => ({ phase: a.phase, place: a.place, row: { ...rowOf(a, ghosts.get(a.id) ?? null, reached.get(a.id), plan.can_edit), contractor: theirs(a.id) } }))
  rows.sort((a, b) => a.place - b.place)
  const groups = groupsOf(plan, rows, lang)
  const model: MapModel = {
    name: plan.name,
    today: dayOf(plan.today),
    from: 0,
    until: 0,
    offDays: merged(plan.off_days.map(spanOf)),
    provisionalFrom: dayOrNull(plan.provisional_from),
    groups,
    links: plan.links.map((l) => ({ ...l, ends: endsOf(l.ends) })),
    milestones: plan.milestones.map(milestoneOf),
    baseline: ghost ? { name: ghost.name, on: dayOf(ghost.on) } : null,
  }
  return { ...model, ...extent(model) }
}

const endsOf = (ends: string) => (ends === 'SS' || ends === 'FF' || ends === 'SF' ? ends : 'FS')

function groupsOf(plan: PlanShown, rows: readonly { phase: number; row: MapRow }[], lang: Lang): MapGroup[] {
  const names = new Map(plan.phases.map((p) => [p.number, p.name]))
  const phases = [...new Set(rows.map((r) => r.phase))].sort((a, b) => a - b)
  return phases.map((phase, i) => ({
    key: String(phase),
    title: titled(i, names.get(phase) ?? String(phase), lang),
    rows: rows.filter((r) => r.phase === phase).map((r) => r.row),
  }))
}

const NUMERALS = '一二三四五六七八九十'

/** 一、前期手续, as offices number their groups. */
export const titled = (index: number, name: string, lang: Lang): string => (lang === 'zh' && NUMERALS[index] ? `${NUMERALS[index]}、${name}` : name)

const STATES: readonly RowState[] = ['waiting', 'ready', 'running', 'paused', 'returned', 'done', 'reopened']

function rowOf(a: PlanActivity, ghost: Span | null, reaches: PlanMilestone | undefined, canEdit: boolean): MapRow {
  const state = STATES.find((s) => s === a.state) ?? 'waiting'
  const begun = a.actual_start !== null
  const row: MapRow = {
    id: a.id,
    name: a.name,
    owner: a.org?.name ?? a.departments[0] ?? a.party ?? '',
    party: a.party,
    state,
    start: dayOf(a.start),
    finish: dayOf(a.finish),
    event: a.days === 0 && a.start === a.finish,
    days: a.days,
    actualStart: dayOrNull(a.actual_start),
    actualFinish: dayOrNull(a.actual_finish),
    baseline: ghost,
    planned: dayOrNull(reaches?.due ?? a.due) ?? ghost?.until ?? null,
    due: dayOrNull(a.due ?? reaches?.due),
    lateFinish: dayOf(a.late_finish),
    totalFloat: a.total_float,
    freeFloat: a.free_float,
    remaining: a.remaining,
    percent: a.percent,
    limit: limitOf(a),
    limitDays: a.limit ? { days: a.limit.days, unit: a.limit.unit === 'cd' || a.limit.unit === 'instant' ? a.limit.unit : 'wd' } : null,
    pauses: a.clock_run?.pauses.map(spanOf) ?? [],
    odds: a.odds ? { ...oddsOf(a.odds), criticality: a.odds.criticality } : null,
    light: null,
    milestones: a.milestone,
    own: a.own,
    undecided: a.undecided,
    others: a.after_others.length,
    can: { move: canEdit && !begun && state !== 'done', stretch: canEdit && state !== 'done' && a.days > 0, link: canEdit },
  }
  return { ...row, light: lightOf(row, reaches) }
}

function lightOf(row: MapRow, reaches: PlanMilestone | undefined): RowLight | null {
  if (reaches && reaches.light !== 'green') return reaches.light === 'red' ? 'red' : 'amber'
  if (row.state === 'done') return null
  if ((row.limit?.overdue ?? 0) > 0 || isLate(row)) return 'red'
  if (row.state === 'paused' || row.state === 'returned' || row.state === 'reopened') return 'amber'
  return reaches ? 'green' : null
}

function limitOf({ clock_run: clock }: PlanActivity): MapRow['limit'] {
  return clock?.limit_day ? { from: dayOf(clock.accepted), until: dayOf(clock.limit_day), overdue: clock.overdue } : null
}

const oddsOf = (o: { p10: string; p50: string; p80: string; p90: string }) => ({ p10: dayOf(o.p10), p50: dayOf(o.p50), p80: dayOf(o.p80), p90: dayOf(o.p90) })

function milestoneOf(m: PlanMilestone): MapModel['milestones'][number] {
  return {
    key: m.milestone,
    name: m.name,
    row: m.activity,
    due: dayOrNull(m.due),
    done: dayOrNull(m.done),
    expected: dayOf(m.expected),
    odds: m.odds ? { ...oddsOf(m.odds), inTime: m.odds.in_time } : null,
    light: m.light === 'red' || m.light === 'amber' ? m.light : 'green',
    daysLate: m.days_late,
    path: m.path,
  }
}

/** First and last day of anything drawn, with some air. */
export function extent(model: Pick<MapModel, 'today' | 'groups' | 'milestones'>): { from: Day; until: Day } {
  let from = model.today
  let until = model.today
  const see = (day: Day | null | undefined) => {
    if (day === null || day === undefined) return
    from = Math.min(from, day)
    until = Math.max(until, day)
  }
  for (const { rows } of model.groups) {
    for (const row of rows) for (const day of [row.start, row.finish, row.baseline?.from, row.baseline?.until, row.contractor?.from, row.contractor?.until, row.due, row.limit?.until]) see(day)
  }
  for (const m of model.milestones) for (const day of [m.due, m.expected, m.done, m.odds?.p90]) see(day)
  const air = Math.max(7, Math.round((until - from) * 0.03))
  return { from: from - air, until: until + air * 2 }
}
