// Names of fields and of what they may hold, from the pack.
import { type UnitPack, unitsOf } from '../../shared/ui'
import type { Lang, Register } from './readAs'
import type { Words } from './words'

type Word = { key: string; zh: string; en: string }

/** The parts of the pack that the wizard names things by. */
export type PackWords = UnitPack & {
  fields: readonly Word[]
  roles: readonly Word[]
  formalities: readonly (Word & { short_zh: string; short_en: string })[]
  stages: readonly Word[]
  statuses: readonly Word[]
  natures: readonly Word[]
  procedures: readonly Word[]
  holdings: readonly Word[]
  levels: readonly Word[]
  platforms: readonly Word[]
  divisions: readonly { code: string; zh: string; en: string }[]
  industries: readonly { code: string; zh: string; en: string }[]
}

export type FieldGroup = { label: string; options: { value: string; label: string }[] }

export function registerOf(pack: PackWords | undefined, lang: Lang, w: Words): Register {
  const named = new Map<string, Map<string, string>>()
  const enter = (field: string, of: readonly (Word | { code: string; zh: string; en: string })[]) => named.set(field, new Map(of.map((x) => ['key' in x ? x.key : x.code, x[lang]])))
  if (pack) {
    enter('field', pack.fields)
    enter('role', pack.roles)
    enter('formality', pack.formalities)
    enter('stage', pack.stages)
    enter('status', pack.statuses)
    enter('nature', pack.natures)
    enter('procedure', pack.procedures)
    enter('holding', pack.holdings)
    enter('level', pack.levels)
    enter('platform', pack.platforms)
    enter('division', pack.divisions)
    enter('industry', pack.industries)
  }
  const word = (sort: string, key: string) => named.get(sort)?.get(key)
  const label = (field: string) => {
    const [sort, key] = field.includes(':') ? [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1)] : ['field', field]
    if (sort === 'extra') return key
    if (sort === 'role') return word('role', key) ?? key
    if (sort === 'person') return w.personOf(word('role', key) ?? key)
    return word(sort, key) ?? key
  }
  return { label, named: (field, key) => word(field, key) ?? null, units: unitsOf(pack, lang) }
}

const FIGURES = new Set(['annual_plan', 'ytd_done', 'prior_done', 'list_group'])
const NOT_OFFERED = new Set(['seq'])

/** What a column may be imported as, in groups for a select. */
export function fieldGroups(pack: PackWords | undefined, register: Register, w: Words): FieldGroup[] {
  if (!pack) return []
  const option = (value: string) => ({ value, label: register.label(value) })
  const plain = pack.fields.map((f) => f.key).filter((key) => !key.includes(':') && !NOT_OFFERED.has(key))
  return [
    { label: w.fieldGroups.facts, options: plain.filter((key) => !FIGURES.has(key)).map(option) },
    { label: w.fieldGroups.figures, options: plain.filter((key) => FIGURES.has(key)).map(option) },
    { label: w.fieldGroups.people, options: pack.roles.flatMap((r) => [option(`person:${r.key}`), option(`role:${r.key}`)]) },
    { label: w.fieldGroups.formalities, options: pack.formalities.map((f) => option(`formality:${f.key}`)) },
  ]
}
