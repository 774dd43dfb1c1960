/** Edits as the editor makes them: each says what was there before, so that nobody's work is overwritten unseen. */
import type { MapEdit } from '../canvas'
import type { Fields, PlanActivity, PlanEdit, PlanView } from './types'

/** The value of a field as an edit would write it. */
export function fieldOf<K extends keyof Fields>(activity: PlanActivity, key: K): Fields[K] | undefined {
  const known: Partial<Fields> = {
    name: activity.name,
    days: activity.days,
    after: activity.after,
    phase: activity.phase,
    party: activity.party,
    org: activity.org?.id ?? null,
    not_before: activity.not_before,
    due: activity.due,
    note: activity.note,
    limit: activity.limit,
    department: activity.department,
  }
  return known[key]
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Only what differs; `null` when nothing does. */
export function setOf(activity: PlanActivity, wanted: Partial<Fields>): PlanEdit | null {
  const changed: Record<string, unknown> = {}
  const was: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(wanted)) {
    const before = fieldOf(activity, key as keyof Fields)
    if (same(before, value)) continue
    changed[key] = value
    if (before !== undefined) was[key] = before
  }
  return Object.keys(changed).length ? { op: 'set', id: activity.id, was, ...changed } : null
}

/** `A03:SS+5; A07` tidied: separators of either script, spaces, letters' case. */
export const tidyLinks = (text: string): string =>
  text
    .replace(/[；，,、\n]/g, ';')
    .replace(/：/g, ':')
    .split(';')
    .map((part) => part.replace(/\s+/g, ''))
    .filter(Boolean)
    .map((part) => {
      const [id = '', tie = ''] = part.split(':', 2)
      return tie ? `${id}:${tie.toUpperCase()}` : id
    })
    .join(';')

/** The ids that a planner's notation names. */
export const namedIn = (after: string): string[] => tidyLinks(after).split(';').filter(Boolean).map((p) => p.split(':', 1)[0] ?? '')

/** Who waits for it in this plan. */
export const leaningOn = (plan: PlanView, id: string): PlanActivity[] => plan.activities.filter((a) => namedIn(a.after).includes(id))

/** An edit of the drawing as one of the plan. */
export function fromMap(plan: PlanView, edit: MapEdit): PlanEdit | null {
  const of = plan.activities.find((a) => a.id === (edit.kind === 'link' ? edit.to : edit.id))
  if (!of) return null
  if (edit.kind === 'move') return setOf(of, { not_before: edit.notBefore })
  if (edit.kind === 'days') return setOf(of, { days: edit.days })
  return namedIn(of.after).includes(edit.from) ? null : setOf(of, { after: [of.after, edit.from].filter(Boolean).join(';') })
}

/** Later edits of one field take the place of earlier ones; what was seen first stays. */
export function piled(edits: readonly PlanEdit[], next: PlanEdit): PlanEdit[] {
  if (next.op === 'set') {
    const before = edits.find((e) => e.op === 'set' && e.id === next.id)
    if (before?.op === 'set') return edits.map((e) => (e === before ? { ...before, ...next, was: { ...next.was, ...before.was } } : e))
  }
  if (next.op === 'progress') {
    const before = edits.find((e) => e.op === 'progress' && e.id === next.id)
    if (before) return edits.map((e) => (e === before ? { ...before, ...next } : e))
  }
  return [...edits, next]
}

export interface Moved {
  key: string
  name: string
  before: string
  after: string
  days: number
}

const DAY_MS = 86_400_000
export const daysFrom = (a: string, b: string): number => Math.round((Date.parse(b) - Date.parse(a)) / DAY_MS)

/** Milestones whose dates differ. */
export function milestonesMoved(before: PlanView, after: PlanView): Moved[] {
  const old = new Map(before.milestones.map((m) => [m.milestone, m]))
  return after.milestones.flatMap((m) => {
    const was = old.get(m.milestone)?.expected
    return was && was !== m.expected ? [{ key: m.milestone, name: m.name, before: was, after: m.expected, days: daysFrom(was, m.expected) }] : []
  })
}

export interface Shift {
  id: string
  name: string
  kind: 'changed' | 'added' | 'deleted'
  before: { start: string; finish: string } | null
  after: { start: string; finish: string } | null
  /** Calendar days that its end moved. */
  days: number
}

type Dated = { id: string; name: string; start: string; finish: string }

/** What differs between two sets of dates, the greatest differences first. */
export function compared(before: readonly Dated[], after: readonly Dated[]): Shift[] {
  const then = new Map(before.map((d) => [d.id, d]))
  const now = new Map(after.map((d) => [d.id, d]))
  const shifts: Shift[] = []
  for (const d of after) {
    const was = then.get(d.id)
    if (!was) shifts.push({ id: d.id, name: d.name, kind: 'added', before: null, after: d, days: 0 })
    else if (was.start !== d.start || was.finish !== d.finish) shifts.push({ id: d.id, name: d.name, kind: 'changed', before: was, after: d, days: daysFrom(was.finish, d.finish) })
  }
  for (const d of before) if (!now.has(d.id)) shifts.push({ id: d.id, name: d.name, kind: 'deleted', before: d, after: null, days: 0 })
  const order = { deleted: 0, added: 1, changed: 2 }
  return shifts.sort((a, b) => order[a.kind] - order[b.kind] || Math.abs(b.days) - Math.abs(a.days) || a.id.localeCompare(b.id))
}
