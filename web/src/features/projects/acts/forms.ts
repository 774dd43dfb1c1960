/** The recorded acts as forms: what is asked, what is prefilled, what is sent. */
import { act, merge, type StageAsk } from '../api/queries'
import type { Sent } from '../../../shared/api'
import type { Formality, Membership, ProjectView, Responsibility, Row } from '../api/types'
import type { Show } from '../show'
import type { ActForm, Field, Values } from './form'

type T = (key: string, values?: Record<string, string | number>) => string
export type Done = (sent: Sent<unknown>, label: string) => void
export type { StageAsk }

export interface Making {
  view: ProjectView
  show: Show
  orgs: readonly { id: string; name: string }[]
  t: T
  done: Done
}

const day = (key: string, label: string, required = true): Field => ({ key, kind: 'day', label, required })
const basis = (t: T): Field => ({ key: 'basis', kind: 'text', label: t('act.basis'), required: true, hint: t('act.basisHint') })

function form({ view, show, t, done }: Making, key: string, fields: Field[], initial: Record<string, string>, send: (values: Values) => Promise<Sent<unknown>>): ActForm {
  return {
    title: t(`acts.${key}`),
    fields,
    initial: { on: show.today, ...initial },
    year: Number(show.today.slice(0, 4)),
    submit: async (values) => done(await send(values), t('undo.act', { act: t(`acts.${key}`), name: view.project.name })),
  }
}

export function rename(m: Making): ActForm {
  const { project, seq } = m.view
  const fields: Field[] = [{ key: 'name', kind: 'text', label: m.t('col.name'), required: true }, day('on', m.t('act.on')), basis(m.t)]
  return form(m, 'rename', fields, { name: project.name }, (v) => act(project.id, 'rename', { seq, ...v }))
}

export function changeOwner(m: Making): ActForm {
  const { project, seq } = m.view
  const fields: Field[] = [
    { key: 'name', kind: 'text', label: m.t('field.owner'), required: true },
    { key: 'uscc', kind: 'text', label: m.t('field.owner_uscc'), hint: m.t('form.hint.uscc') },
    { key: 'holding', kind: 'choice', label: m.t('col.holding'), options: m.show.registers.options('holdings') },
    day('on', m.t('act.on')),
    { ...basis(m.t), required: project.owner !== null },
  ]
  const initial = { name: project.owner?.name ?? '', uscc: project.owner?.uscc ?? '', holding: project.owner?.holding ?? '' }
  return form(m, 'owner', fields, initial, ({ name, uscc, holding, on, basis: why }) =>
    act(project.id, 'owner', { seq, owner: { name, uscc, holding }, on, basis: why ?? '' }),
  )
}

export const STATUS_ACTS = ['halted', 'deferred', 'active', 'terminated', 'closed'] as const
export type StatusAct = (typeof STATUS_ACTS)[number]

/** Which changes of status make sense from here; the server judges each again. */
export function statusActs(view: ProjectView): StatusAct[] {
  const { stage, status } = view.project.lifecycle
  if (status.kind === 'closed') return []
  if (status.kind === 'terminated') return ['closed']
  if (status.kind !== 'active') return ['active', 'terminated']
  if (stage.kind === 'building') return ['halted', 'terminated']
  if (stage.kind === 'ramped') return ['closed']
  return ['scouting', 'reserve', 'prelim', 'ready'].includes(stage.kind) ? ['deferred', 'terminated'] : []
}

export function changeStatus(m: Making, to: StatusAct): ActForm {
  const { project, seq } = m.view
  const fields: Field[] = [day('on', m.t('act.on')), { key: 'reason', kind: 'long', label: m.t('act.reason'), required: true }]
  const made = form(m, `status.${to}`, fields, {}, (v) => act(project.id, 'status', { seq, to, ...v }))
  return { ...made, lead: to === 'active' ? m.t('acts.resumeLead') : undefined, danger: to === 'terminated' }
}

export function setCode(m: Making): ActForm {
  const { project, seq } = m.view
  const fields: Field[] = [
    { key: 'code', kind: 'text', label: m.t('col.code'), required: true, hint: '2603-330482-04-01-518207' },
    {
      key: 'state',
      kind: 'choice',
      label: m.t('field.state'),
      required: true,
      options: ['valid', 'replaced', 'void'].map((value) => ({ value, label: m.t(`code.${value}`) })),
    },
    day('issued', m.t('code.issued'), false),
  ]
  return form(m, 'code', fields, { state: 'valid' }, ({ code, state, issued }) => act(project.id, 'code', { seq, code, state, issued: issued ?? null }))
}

export function membership(m: Making, of?: Membership): ActForm {
  const { project, seq } = m.view
  const state = (s: string) => (v: Record<string, string>) => v.state === s
  const fields: Field[] = [
    { key: 'kind', kind: 'choice', label: m.t('list.kind'), required: true, options: m.show.registers.options('lists') },
    { key: 'year', kind: 'year', label: m.t('list.year'), required: true },
    {
      key: 'state',
      kind: 'choice',
      label: m.t('field.state'),
      required: true,
      options: ['applied', 'admitted', 'removed'].map((value) => ({ value, label: m.t(`membership.${value}`) })),
    },
    { key: 'plan', kind: 'money', label: m.t('list.plan') },
    { key: 'group', kind: 'text', label: m.t('list.group') },
    { ...day('applied', m.t('membership.applied'), false), when: (v) => v.state === 'applied' || v.state === 'admitted' },
    { ...day('admitted', m.t('membership.admitted'), false), when: state('admitted') },
    { ...day('removed', m.t('membership.removed')), when: state('removed') },
    { ...basis(m.t), required: false },
  ]
  const initial = {
    kind: of?.list.kind ?? '',
    year: String(of?.list.year ?? m.show.today.slice(0, 4)),
    state: of?.state ?? 'admitted',
    plan: m.show.units.moneyExact(of?.plan),
    group: of?.group ?? '',
    applied: of?.applied ?? '',
    admitted: of?.admitted ?? (of ? '' : m.show.today),
    removed: of?.removed ?? m.show.today,
    basis: of?.basis ?? '',
  }
  return form(m, 'membership', fields, initial, ({ kind, year, ...rest }) =>
    act(project.id, 'membership', { seq, membership: { ...noDates, ...of, ...rest, list: { kind, year } } }),
  )
}

const noDates = { plan: null, applied: null, admitted: null, removed: null, basis: null, group: null }

export function formality(m: Making, of?: Formality): ActForm {
  const { project, seq } = m.view
  const dated = (v: Record<string, string>) => v.state !== 'not_needed'
  const decided = (v: Record<string, string>) => ['granted', 'refused', 'lapsed'].includes(v.state ?? '')
  const period = (key: string): Field => ({ key, kind: 'period', label: m.t(`formality.date.${key}`) })
  const fields: Field[] = [
    { key: 'kind', kind: 'choice', label: m.t('formality.kind'), required: true, options: m.show.registers.options('formalities') },
    {
      key: 'state',
      kind: 'choice',
      label: m.t('field.state'),
      required: true,
      options: ['planned', 'applied', ...(of?.state === 'returned' ? ['returned'] : []), 'granted', 'not_needed', 'refused', 'lapsed'].map((value) => ({ value, label: m.t(`formality.${value}`) })),
    },
    { ...period('planned'), when: dated },
    { ...period('applied'), when: dated },
    { ...period('decided'), when: decided },
    { ...day('valid_until', m.t('formality.date.valid_until'), false), when: decided },
    { key: 'number', kind: 'text', label: m.t('formality.number'), hint: m.t('formality.numberHint'), when: decided },
  ]
  const initial = {
    kind: of?.kind ?? '',
    state: of?.state ?? 'planned',
    planned: of?.planned ?? '',
    applied: of?.applied ?? '',
    decided: of?.decided ?? '',
    valid_until: of?.valid_until ?? '',
    number: of?.number ?? '',
  }
  return form(m, 'formality', fields, initial, (v) =>
    act(project.id, 'formality', { seq, formality: { planned: null, applied: null, decided: null, valid_until: null, number: null, ...pick(v) } }),
  )
}

/** The answers without the prefilled day of the decision, which this act does not ask. */
function pick(values: Values): Values {
  const { on: _, ...rest } = values
  return rest
}

export function responsibility(m: Making, of?: Responsibility): ActForm {
  const { project, seq, names } = m.view
  const orgs = m.orgs.map((o) => ({ value: o.id, label: o.name }))
  const fields: Field[] = [
    { key: 'role', kind: 'choice', label: m.t('duty.role'), required: true, options: m.show.registers.options('roles') },
    { key: 'org', kind: 'choice', label: m.t('duty.org'), options: orgs },
    { key: 'person_name', kind: 'text', label: m.t('duty.person') },
    day('from', m.t('duty.from')),
    day('to', m.t('duty.to'), false),
  ]
  const initial = {
    role: of?.role ?? '',
    org: of?.org ?? '',
    person_name: of?.person ? (names.people[of.person] ?? '') : '',
    from: of?.from ?? m.show.today,
    to: of?.to ?? '',
  }
  const made = form(m, 'responsibility', fields, initial, (v) => act(project.id, 'responsibility', { seq, ...pick(v) }))
  return { ...made, lead: m.t('duty.lead') }
}

/** Parts as lines `name<tab or comma>amount`: what offices have at hand. */
export function readParts(text: string, read: (amount: string) => number | null) {
  return text
    .split('\n')
    .filter((l) => l.trim())
    .map((line) => {
      const match = /^(.*?)[\t,,;;]\s*([^\t,,;;]+)$/.exec(line.trim())
      const amount = match?.[2] ? read(match[2]) : null
      return { name: (match?.[1] ?? line).trim(), total_investment: amount }
    })
}

export function split(m: Making, readAmount: (text: string) => number | null): ActForm {
  const { project, seq } = m.view
  const fields: Field[] = [
    { key: 'parts', kind: 'long', label: m.t('split.parts'), required: true, hint: m.t('split.hint') },
    day('on', m.t('act.on')),
    basis(m.t),
  ]
  const initial = { parts: `${project.name} ${m.t('split.first')}, ${m.show.units.moneyExact(project.total_investment)}\n` }
  const made = form(m, 'split', fields, initial, ({ parts, on, basis: why }) =>
    act(project.id, 'split', { seq, on, basis: why, parts: readParts(String(parts), readAmount) }),
  )
  return { ...made, lead: m.t('split.lead', { total: m.show.units.moneySaid(project.total_investment) || '—' }) }
}

export function mergeForm(rows: Row[], show: Show, t: T, done: Done): ActForm {
  return {
    title: t('acts.merge'),
    lead: t('merge.lead', { names: rows.map((r) => r.name).join(t('comma')) }),
    fields: [{ key: 'name', kind: 'text', label: t('col.name'), required: true }, day('on', t('act.on')), basis(t)],
    initial: { on: show.today, name: rows[0]?.name ?? '' },
    year: Number(show.today.slice(0, 4)),
    submit: async (v) => done(await merge({ sources: rows.map((r) => ({ id: r.id, seq: r.seq })), ...v }), t('acts.merge')),
  }
}
