/** Milestones and steps whose dates came out otherwise since the last look: they flash once. */
import { useEffect, useRef, useState } from 'react'
import type { PlanView } from './types'

const FLASH_MS = 1600

/** Names of milestones whose day changed under the reader's eyes. */
export function useFlash(plan: PlanView | undefined): ReadonlySet<string> {
  const before = useRef<{ feed: number; days: Map<string, string> } | null>(null)
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    if (!plan) return
    const days = new Map(plan.milestones.map((m) => [m.milestone, `${m.expected} ${m.light}`]))
    const was = before.current
    before.current = { feed: plan.feed, days }
    if (!was || was.feed === plan.feed) return
    const moved = [...days].filter(([key, day]) => was.days.has(key) && was.days.get(key) !== day).map(([key]) => key)
    if (!moved.length) return
    setChanged(new Set(moved))
    const timer = setTimeout(() => setChanged(new Set()), FLASH_MS)
    return () => clearTimeout(timer)
  }, [plan])
  return changed
}
