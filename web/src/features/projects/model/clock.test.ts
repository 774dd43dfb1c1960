import { expect, it } from 'vitest'
import type { ClockView } from '../api/types'
import { clockText, unitOf } from './clock'

const clock = (more: Partial<ClockView>): ClockView => ({
  kind: 'eia',
  standing: 'running',
  pause: null,
  mover: 'department',
  dept: null,
  since: null,
  limit: { wd: 20 },
  run: 8,
  paused: 0,
  left: 12,
  limit_day: '2026-05-20',
  provisional: false,
  overdue: 0,
  promise_overdue: 0,
  acts: [],
  ...more,
})
const t = (key: string, values: Record<string, string | number> = {}) => `${key} ${Object.entries(values).map(([k, v]) => `${k}=${v}`).join(' ')}`.trim()
const said = (more: Partial<ClockView>) => clockText(clock(more), t, (d) => d.slice(5))

it('says days run and left, and the day', () => {
  expect(said({})).toEqual({ text: 'clock.left.wd run=8 left=12 day=05-20', late: false })
  expect(said({ limit: { cd: 30 } }).text).toBe('clock.left.cd run=8 left=12 day=05-20')
  expect(said({ left: 0, run: 20 }).text).toBe('clock.today run=20')
})

it('is late only while it is in hand', () => {
  expect(said({ left: 0, run: 23, overdue: 3 })).toEqual({ text: 'clock.overdue.wd overdue=3 run=23', late: true })
  expect(said({ standing: 'granted', left: null, run: 23, overdue: 3 })).toEqual({ text: 'clock.tookLate.wd run=23 overdue=3', late: false })
  expect(said({ standing: 'granted', left: null, run: 9 }).text).toBe('clock.took.wd run=9')
})

it('stands still while paused, counts without a limit, and is silent where nothing ran', () => {
  expect(said({ standing: 'paused', limit_day: null }).text).toBe('clock.paused.wd run=8 left=12')
  expect(said({ limit: null, left: null }).text).toBe('clock.run.wd run=8')
  expect(said({ standing: 'planned', run: null, left: null }).text).toBe('')
  expect(said({ standing: 'undated', run: null, left: null }).text).toBe('clock.undated')
  expect(unitOf(clock({ limit: null }))).toBe('wd')
})
