/** Writing to the plan: shown at once, undone on request, refused in full, and never over somebody else's work. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { Refused } from '../../../shared/api'
import type { ProjectRoom } from '../../../shared/project'
import { useSaid } from '../../../shared/ui'
import { fieldOf } from './edits'
import { editPlan, useKeepPlan, usePlanNow } from './queries'
import type { Conflict, Fields, PlanActivity, PlanEdit, PlanView, SentAnswer } from './types'
import type { WhatIf } from './useWhatIf'
import { useWords } from './words'

export interface Failed {
  title: string
  lines: { title: string; remedy: string | null }[]
}

interface Waiting {
  edits: PlanEdit[]
  label: string
  conflict: Conflict
}

/** `true`: written, or piled up. */
export type Edit = (edits: PlanEdit[], label: string, reason?: string) => Promise<boolean>

/** The fields an edit gives, at once; dates follow with the answer. */
export function shownAtOnce(plan: PlanView, edits: readonly PlanEdit[]): PlanView {
  const sets = new Map(edits.flatMap((e) => (e.op === 'set' ? [[e.id, e] as const] : [])))
  const gone = new Set(edits.flatMap((e) => (e.op === 'remove' ? [e.id] : [])))
  const activities = plan.activities.filter((a) => !gone.has(a.id)).map((a): PlanActivity => {
    const set = sets.get(a.id)
    if (!set) return a
    const { name = a.name, days = a.days, after = a.after, note = a.note, not_before = a.not_before, due = a.due, party = a.party } = set
    return { ...a, name, days, after, note, not_before, due, party }
  })
  return { ...plan, activities }
}

function conflictOf(error: unknown): Conflict | null {
  if (!(error instanceof Refused) || error.status !== 409) return null
  const problem = error.problem as { stale?: { by: string; at: string; fields: string[] } | null; plan?: PlanView | null }
  return { by: problem.stale?.by ?? '', at: problem.stale?.at ?? '', fields: problem.stale?.fields ?? [], plan: problem.plan ?? null }
}

/** The same edits on the newest plan: what the editor has seen is what stands there now. */
export function onNewest(plan: PlanView, edits: readonly PlanEdit[]): PlanEdit[] {
  const steps = new Map(plan.activities.map((a) => [a.id, a]))
  return edits.map((edit) => {
    const step = edit.op === 'set' ? steps.get(edit.id) : undefined
    if (edit.op !== 'set' || !step) return edit
    const was = Object.fromEntries(Object.keys(edit.was ?? {}).map((key) => [key, fieldOf(step, key as keyof Fields) ?? null]))
    return { ...edit, was }
  })
}

export function useEditing(room: ProjectRoom, plan: PlanView | undefined, whatIf: WhatIf) {
  const { t } = useWords()
  const said = useSaid()
  const keep = useKeepPlan(room.id)
  const now = usePlanNow(room.id)
  const [failed, setFailed] = useState<Failed | null>(null)
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const [busy, setBusy] = useState(false)

  /** A refusal as a list; the conflict keeps the edits in hand. */
  const refuse = useCallback(
    (error: unknown, edits: PlanEdit[], label: string) => {
      const conflict = conflictOf(error)
      if (conflict) {
        if (conflict.plan) keep(conflict.plan)
        setWaiting({ edits, label, conflict })
        return
      }
      const { title, remedy } = said(error)
      const problems = error instanceof Refused ? error.problems : []
      setFailed({ title: problems.length ? t('edit.refused', { what: label }) : title, lines: problems.length ? problems.map((p) => ({ title: p.title, remedy: p.remedy })) : [{ title, remedy }] })
    },
    [keep, said, t],
  )

  const done = useCallback(
    (sent: SentAnswer, label: string, again?: () => Promise<void>) => {
      keep(sent.body.plan)
      setFailed(null)
      setWaiting(null)
      room.did(sent.body.feed ?? sent.feed, label, again)
    },
    [keep, room],
  )

  /** The newest writer: what is done again later is done with what is known then. */
  const writing = useRef<Edit | null>(null)
  const write = useCallback(
    async (edits: PlanEdit[], label: string, reason = ''): Promise<boolean> => {
      const before = now() ?? plan
      if (!before || !edits.length) return true
      setBusy(true)
      keep(shownAtOnce(before, edits))
      try {
        const sent = await editPlan(room.id, { seq: before.seq, mode: 'commit', edits, reason })
        done(sent, label, async () => void (await writing.current?.(edits, label, reason)))
        return true
      } catch (error) {
        keep(before)
        refuse(error, edits, label)
        return false
      } finally {
        setBusy(false)
      }
    },
    [done, keep, now, plan, refuse, room.id],
  )

  useEffect(() => {
    writing.current = write
  }, [write])

  const edit = useCallback<Edit>(
    async (edits, label, reason) => {
      setFailed(null)
      if (!whatIf.on) return write(edits, label, reason)
      edits.forEach(whatIf.add)
      return true
    },
    [whatIf, write],
  )

  const reapply = useCallback(() => {
    if (!waiting) return
    const newest = waiting.conflict.plan ?? now()
    setWaiting(null)
    void write(newest ? onNewest(newest, waiting.edits) : waiting.edits, waiting.label)
  }, [waiting, now, write])

  return {
    edit,
    /** Writes whether or not one is trying things out. */
    write,
    done,
    refuse,
    busy,
    failed,
    close: useCallback(() => setFailed(null), []),
    waiting,
    reapply,
    giveUp: useCallback(() => setWaiting(null), []),
  }
}

export type Editing = ReturnType<typeof useEditing>
