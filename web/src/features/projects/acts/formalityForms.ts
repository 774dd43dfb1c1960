/** What can be recorded of a permit, as forms: each act asks its day, its reason or number, and nothing that is known. */
import { act } from '../api/queries'
import type { Formality } from '../api/types'
import type { ActForm, Field, Values } from './form'
import type { Making } from './forms'

export const FORMALITY_ACTS = ['accept', 'pause', 'resume', 'return', 'grant', 'commit', 'refuse', 'fulfil', 'extend', 'lapse'] as const
export type FormalityActKey = (typeof FORMALITY_ACTS)[number]

const PAUSES = ['correction', 'hearing', 'assessment', 'publicity'] as const

/** The fields of an act after its day, in the order in which an office reads them off the paper. */
function fieldsOf(key: FormalityActKey, m: Making): Field[] {
  const { t } = m
  const reason: Field = { key: 'basis', kind: 'long', label: t('act.reason'), required: true }
  const basis: Field = { key: 'basis', kind: 'text', label: t('act.basis'), hint: t('act.basisHint') }
  const day = (name: string, required: boolean, hint?: string): Field => ({ key: name, kind: 'day', label: t(`formality.ask.${name}`), required, hint })
  const number: Field = { key: 'number', kind: 'text', label: t('formality.number'), hint: t('formality.numberHint') }
  const until = day('valid_until', false)
  switch (key) {
    case 'pause':
      return [
        { key: 'why', kind: 'choice', label: t('formality.ask.why'), required: true, options: PAUSES.map((value) => ({ value, label: t(`pause.${value}`) })) },
        day('until', false, t('formality.ask.untilHint')),
        reason,
      ]
    case 'return':
    case 'refuse':
    case 'lapse':
      return [reason]
    case 'grant':
      return [number, until]
    case 'commit':
      return [{ key: 'missing', kind: 'long', label: t('formality.ask.missing'), required: true }, day('due', true), number, until]
    case 'extend':
      return [day('valid_until', true), basis]
    default:
      return [basis]
  }
}

/** The act as the server reads it. */
function factOf(key: FormalityActKey, v: Values): Record<string, unknown> {
  const said = { on: v.on, basis: v.basis ?? '' }
  switch (key) {
    case 'pause':
      return { ...said, act: 'pause', why: v.why, until: v.until ?? null }
    case 'grant':
      return { ...said, act: 'grant', number: v.number ?? null, valid_until: v.valid_until ?? null }
    case 'commit':
      return { ...said, act: 'grant', number: v.number ?? null, valid_until: v.valid_until ?? null, promise: { due: v.due, missing: v.missing } }
    case 'extend':
      return { ...said, act: 'extend', valid_until: v.valid_until }
    default:
      return { ...said, act: key }
  }
}

export function formalityAct(m: Making, of: Formality, key: FormalityActKey): ActForm {
  const { project, seq } = m.view
  const name = m.show.registers.word('formalities', of.kind)
  const title = `${name}${m.t('colon')}${m.t(`formality.act.${key}`)}`
  const lead = key === 'accept' && of.state !== 'planned' && of.state !== 'applied' ? 'again' : key
  return {
    title,
    lead: m.t(`formality.lead.${lead}`),
    fields: [{ key: 'on', kind: 'day', label: m.t(`formality.on.${key}`), required: true }, ...fieldsOf(key, m)],
    initial: { on: m.show.today, valid_until: (key === 'extend' && of.valid_until) || '' },
    year: Number(m.show.today.slice(0, 4)),
    danger: key === 'refuse' || key === 'lapse',
    submit: async (values) => m.done(await act(project.id, 'formality-act', { seq, fact: { kind: of.kind, ...factOf(key, values) } }), m.t('undo.act', { act: title, name: project.name })),
  }
}
