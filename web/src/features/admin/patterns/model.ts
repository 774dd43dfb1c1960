/** A pattern being edited: moves of its rows, and its values in words. Right or wrong is the server's to say. */
import type { ActivityDraft, PatternDraft, PatternShared, WhenDraft } from '../../../shared/api'
import type { KeyOf, Lang, T as Say } from '../../../shared/words'
import type { zh } from './zh'

export type T = Say<typeof zh>

export const emptyPattern = (): PatternDraft => ({ key: '', words: { zh: '', en: '' }, applies: { procedures: [], natures: [], industries: [] }, activities: [] })

export function freshStep(steps: readonly ActivityDraft[], at: number): ActivityDraft {
  const near = steps[Math.min(at, steps.length) - 1]
  return {
    id: freeId(steps),
    phase: near?.phase ?? null,
    words: { zh: '', en: '' },
    after: near?.id ?? '',
    days: 5,
    limit: null,
    department: [],
    party: null,
    clock: 'government',
    formality: [],
    milestone: [],
    when: null,
    leave_out: false,
    range: null,
    note: null,
  }
}

/** The next number after the largest, in the manner of the others: `A34` after `A33`. */
export function freeId(steps: readonly ActivityDraft[]): string {
  const found = steps.map((s) => /^([A-Za-z_]+)(\d+)/.exec(s.id)).filter((m) => m !== null)
  const letters = found.at(-1)?.[1] ?? 'A'
  const digits = Math.max(2, ...found.map((m) => m[2]?.length ?? 0))
  const largest = Math.max(-1, ...found.filter((m) => m[1] === letters).map((m) => Number(m[2])))
  return letters + String(largest + 1).padStart(digits, '0')
}

export const withStep = (draft: PatternDraft, at: number, patch: Partial<ActivityDraft>): PatternDraft => ({
  ...draft,
  activities: draft.activities.map((step, n) => (n === at ? { ...step, ...patch } : step)),
})

export function moved(draft: PatternDraft, at: number, by: -1 | 1): PatternDraft {
  const to = at + by
  const [one, other] = [draft.activities[at], draft.activities[to]]
  if (!one || !other) return draft
  return { ...draft, activities: draft.activities.map((step, n) => (n === at ? other : n === to ? one : step)) }
}

export const without = (draft: PatternDraft, at: number): PatternDraft => ({ ...draft, activities: draft.activities.filter((_, n) => n !== at) })

export function inserted(draft: PatternDraft, at: number): PatternDraft {
  const activities = [...draft.activities]
  activities.splice(at, 0, freshStep(draft.activities, at))
  return { ...draft, activities }
}

/** A copy under another key; the name says that it is one. */
export function copied(draft: PatternDraft, taken: readonly string[]): PatternDraft {
  let n = 2
  while (taken.some((key) => key.toLowerCase() === `${draft.key}${n}`.toLowerCase())) n++
  return { ...draft, key: `${draft.key}${n}`, words: { zh: `${draft.words.zh}（副本）`, en: `${draft.words.en} (copy)` } }
}

/** A condition as a sentence. */
export function whenText(when: WhenDraft | null, shared: PatternShared, t: T, lang: Lang): string {
  if (!when) return ''
  const several = when.any ?? when.all
  if (several) {
    const parts = several.map((part) => (part.any ?? part.all ? `(${whenText(part, shared, t, lang)})` : whenText(part, shared, t, lang)))
    return parts.join(t(when.any ? 'when.or' : 'when.and'))
  }
  const fact = shared.facts.find((f) => f.key === when.fact)
  const name = fact?.[lang] ?? when.fact ?? ''
  if (when.is !== undefined && when.is !== null) return `${name}:${t(when.is ? 'when.is' : 'when.isNot')}`
  const unit = (lang === 'zh' ? fact?.unit_zh : fact?.unit_en) ?? ''
  const [test, n] = when.at_least !== undefined && when.at_least !== null ? (['when.at_least', when.at_least] as const) : (['when.below', when.below ?? ''] as const)
  return `${name} ${t(test)} ${n} ${unit}`.trim()
}

const namesOf = (keys: readonly string[], of: readonly { key: string; zh: string; en: string }[], lang: Lang) => keys.map((key) => of.find((w) => w.key === key)?.[lang] ?? key)

/** A field of a step as people read it; empty when there is nothing. */
export function valueText(step: ActivityDraft, field: string, shared: PatternShared, t: T, lang: Lang): string {
  const list = lang === 'zh' ? '、' : ', '
  const say = (space: string, key: string) => t(`${space}.${key}` as KeyOf<typeof zh>)
  switch (field) {
    case 'phase':
      return step.phase === null ? '' : (shared.phases.find((p) => p.number === step.phase)?.[lang] ?? String(step.phase))
    case 'words':
      return `${step.words.zh} / ${step.words.en}`
    case 'after':
      return step.after
    case 'days':
      return step.days === null ? '' : String(step.days)
    case 'limit': {
      if (!step.limit) return ''
      const mark = step.limit.mark ? ` (${say('mark', step.limit.mark)})` : ''
      return [step.limit.days ?? '', say('unit', step.limit.unit)].join(' ').trim() + mark
    }
    case 'department':
      return namesOf(step.department, shared.departments, lang).join(list)
    case 'party':
      return step.party?.[lang] ?? ''
    case 'clock':
      return step.clock && say('clock', step.clock)
    case 'formality':
      return namesOf(step.formality, shared.formalities, lang).join(list)
    case 'milestone':
      return step.milestone.map((key) => say('milestone', key)).join(list)
    case 'when':
      return whenText(step.when, shared, t, lang)
    case 'unknown':
      return t(step.leave_out ? 'when.leave_out' : 'when.keep')
    case 'range':
      return step.range ? `${step.range.min}–${step.range.max} %` : ''
    case 'note':
      return step.note?.[lang] ?? ''
    default:
      return ''
  }
}
