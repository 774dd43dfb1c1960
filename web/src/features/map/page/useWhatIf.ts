/** 试算: edits that pile up in this window, seen through the server's eyes, and written only when they are kept. */
import { useCallback, useEffect, useState } from 'react'
import { Refused } from '../../../shared/api'
import { piled } from './edits'
import { editPlan } from './queries'
import type { PlanAnswer, PlanEdit, PlanView } from './types'

interface Kept {
  edits: PlanEdit[]
}

const slot = (id: string) => `lantu.whatif.${id}`

function read(id: string): PlanEdit[] | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(slot(id)) ?? 'null') as Kept | null
    return Array.isArray(kept?.edits) ? kept.edits : null
  } catch {
    return null
  }
}

function write(id: string, edits: PlanEdit[] | null) {
  try {
    if (edits) sessionStorage.setItem(slot(id), JSON.stringify({ edits }))
    else sessionStorage.removeItem(slot(id))
  } catch {
    // Nothing can be kept here: the edits live as long as the page.
  }
}

export interface WhatIf {
  on: boolean
  edits: PlanEdit[]
  answer: PlanAnswer | null
  /** No answer was to be had; the edits are still here. */
  error: unknown
  begin: () => void
  add: (edit: PlanEdit) => void
  takeLast: () => void
  drop: () => void
}

export function useWhatIf(id: string, plan: PlanView | undefined): WhatIf {
  const [edits, setEdits] = useState<PlanEdit[] | null>(() => read(id))
  const [seen, setSeen] = useState<{ answer: PlanAnswer | null; error: unknown }>({ answer: null, error: null })
  useEffect(() => write(id, edits), [id, edits])

  const seq = plan?.seq ?? 0
  const feed = plan?.feed ?? 0
  useEffect(() => {
    if (!edits?.length || !feed) return
    let live = true
    void editPlan(id, { seq, mode: 'preview', edits, reason: '' }).then(
      ({ body }) => live && setSeen({ answer: body, error: null }),
      (error: unknown) => live && setSeen((before) => ({ answer: error instanceof Refused && error.status > 0 ? null : before.answer, error })),
    )
    return () => {
      live = false
    }
    // What others change meanwhile lies under the edits: a new feed asks again.
  }, [id, seq, feed, edits])
  const some = Boolean(edits?.length)

  return {
    on: edits !== null,
    edits: edits ?? [],
    answer: some ? seen.answer : null,
    error: some ? seen.error : null,
    begin: useCallback(() => setEdits((now) => now ?? []), []),
    add: useCallback((edit: PlanEdit) => setEdits((now) => piled(now ?? [], edit)), []),
    takeLast: useCallback(() => setEdits((now) => now && now.slice(0, -1)), []),
    drop: useCallback(() => setEdits(null), []),
  }
}
