/** What this person did in this sitting, newest last: each step is one transaction of the server. */

export interface Step {
  /** The transaction's feed number. */
  feed: number
  /** What it did, in words already: "粘贴 12 格". */
  label: string
  /** Does it once more after it was taken back. */
  again?: () => Promise<void>
}

export interface UndoStack {
  steps: readonly Step[]
}

const KEPT = 50

export const emptyStack: UndoStack = { steps: [] }

/** Adds a step. An act whose feed is known already (a repeated commit) is one step. */
export function push(stack: UndoStack, step: Step): UndoStack {
  if (stack.steps.some((s) => s.feed === step.feed)) return stack
  return { steps: [...stack.steps, step].slice(-KEPT) }
}

export function top(stack: UndoStack): Step | null {
  return stack.steps[stack.steps.length - 1] ?? null
}

/** Takes a step away: undone, or refused because somebody has changed the rows since. */
export function drop(stack: UndoStack, feed: number): UndoStack {
  return { steps: stack.steps.filter((s) => s.feed !== feed) }
}
