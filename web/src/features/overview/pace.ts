/** One axis for each watch: the target stands at the same place in all of them. */
import type { Watch } from '../../shared/api'
import { yearPassed } from '../../shared/ui'

/** Where the target stands, in per cent of the axis. */
export const TARGET_AT = 80

export interface Pace {
  /** What the axis measures against: the target, or what is planned where there is none. */
  goal: number
  /** What the time passed asks for, to one decimal. */
  pace: number
  /** Percentage points of the goal ahead (+) or behind (−). */
  lead: number
  doneAt: number
  paceAt: number
  /** Done beyond the end of the axis. */
  beyond: boolean
  /** P10, P50 and P90 of the year's end on the axis. */
  band: readonly [number, number, number] | null
}

const round1 = (n: number) => Math.round(n * 10) / 10

/** `null` where there is neither target nor plan: a share of nothing is nothing. */
export function paceOf(watch: Watch, year: number, today: string): Pace | null {
  const goal = watch.target ?? watch.planned
  if (goal <= 0) return null
  const passed = yearPassed(year, today)
  const at = (n: number) => Math.min(100, (n / goal) * TARGET_AT)
  return {
    goal,
    pace: round1(goal * passed),
    lead: round1((watch.done / goal - passed) * 100),
    doneAt: at(watch.done),
    paceAt: at(goal * passed),
    beyond: (watch.done / goal) * TARGET_AT > 100,
    band: watch.forecast ? [at(watch.forecast.p10), at(watch.forecast.p50), at(watch.forecast.p90)] : null,
  }
}

const LEVELS = [
  [9_000, 'chanceVeryHigh'],
  [6_500, 'chanceHigh'],
  [3_500, 'chanceEven'],
  [1_000, 'chanceLow'],
  [0, 'chanceVeryLow'],
] as const

/** A chance in hundredths of a per cent, in words as an office says it. */
export const chanceWord = (chance: number) => LEVELS.find(([from]) => chance >= from)?.[1] ?? 'chanceVeryLow'

/** Whole per cent, and never nothing or all where something is still open. */
export function chanceSaid(chance: number): string {
  if (chance > 0 && chance < 100) return '<1'
  if (chance < 10_000 && chance > 9_900) return '>99'
  return String(Math.round(chance / 100))
}
