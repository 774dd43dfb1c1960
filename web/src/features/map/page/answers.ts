/** Answers that only one part of the page reads. */

export interface Why {
  activity: string
  name: string
  start: string
  finish: string
  /** Everything that its dates could hang on, what allows it last first. */
  causes: { text: string; day: string; decides: boolean; activity: string | null; project: string | null }[]
  /** How its lateness adds up: working days, `late + paused - float = total`. */
  late: { text: string; milestone: string | null; then: string; now: string; late: number; paused: number; float: number; total: number }[]
  /** Where days could be won back, most first. */
  wins: { text: string; activity: string; days: number; day: string }[]
}

export interface FieldDifference {
  field: string
  label: string
  was: unknown
  now: unknown
  mine: unknown
  /** The office has its own value, which taking over replaces. */
  own: boolean
}

export interface StepDifference {
  id: string
  name: string
  what: 'added' | 'changed' | 'gone'
  fields: FieldDifference[]
  /** Something was recorded of it: taken over, it stays. */
  begun: boolean
}

export interface DifferenceAnswer {
  seq: number
  pattern: string | null
  steps: StepDifference[]
}
