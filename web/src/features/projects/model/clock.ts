/** What a permit's clock says, in words with their numbers; which of them are late. */
import type { ClockView } from '../api/types'

type T = (key: string, values?: Record<string, string | number>) => string

export interface ClockText {
  text: string
  late: boolean
}

/** `wd` or `cd`: the unit that the clock's days are counted in. */
export const unitOf = (clock: ClockView): 'wd' | 'cd' => (clock.limit && 'cd' in clock.limit ? 'cd' : 'wd')

/** The clock in a few words; empty where none has run. `day` says a date as the screen does. */
export function clockText(clock: ClockView, t: T, day: (iso: string) => string): ClockText {
  const said = (text: string, late = false): ClockText => ({ text, late })
  const { run, left, overdue } = clock
  const unit = unitOf(clock)
  if (clock.standing === 'undated') return said(t('clock.undated'))
  if (run === null) return said('')
  if (left !== null) {
    if (overdue > 0) return said(t(`clock.overdue.${unit}`, { overdue, run }), true)
    if (clock.standing === 'paused') return said(t(`clock.paused.${unit}`, { run, left }))
    if (left === 0) return said(t('clock.today', { run }))
    return said(clock.limit_day ? t(`clock.left.${unit}`, { run, left, day: day(clock.limit_day) }) : t(`clock.open.${unit}`, { run, left }))
  }
  if (clock.standing === 'running' || clock.standing === 'paused') return said(t(`clock.run.${unit}`, { run }))
  const late = overdue > 0
  return said(late ? t(`clock.tookLate.${unit}`, { run, overdue }) : t(`clock.took.${unit}`, { run }), false)
}
