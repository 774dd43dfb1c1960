/** Answers that only one part of the page reads. */
import type { PlanView } from './types'

export interface WhyLine {
  /** The sentence as it is read. */
  text: string
  /** Days that it costs, where it costs any. */
  days: number | null
  activity: string | null
  date: string | null
}

export interface Why {
  activity: string
  name: string
  lines: WhyLine[]
}

export interface DifferenceLine {
  id: string
  name: string
  kind: 'added' | 'changed' | 'gone'
  /** Field by field: as applied, as the pack has it now, as this plan has it. */
  fields: { name: string; applied: string; now: string; mine: string }[]
}

export interface DifferenceAnswer {
  pattern: string
  name: string
  steps: DifferenceLine[]
  plan?: PlanView
}
