/** This feature's words over the house's mechanism. Keys are built from columns and states, so they are checked by a test. */
import { useCallback, useMemo } from 'react'
import { usePack } from '../../../shared/api'
import { fill, useLang, type Values } from '../../../shared/words'
import { unitsOf } from '../../../shared/ui'
import { en } from './en'
import { zh } from './zh'

export type T = (key: string, values?: Values) => string

function wordOf(lang: 'zh' | 'en', key: string): string | undefined {
  const dot = key.indexOf('.')
  const [space, name] = dot < 0 ? [key, ''] : [key.slice(0, dot), key.slice(dot + 1)]
  return (lang === 'zh' ? zh : en)[space]?.[name]
}

export function useWords() {
  const lang = useLang()
  const pack = usePack()
  const units = useMemo(() => unitsOf(pack, lang), [pack, lang])
  // The office's units may stand in any text.
  const t = useCallback<T>(
    (key, values) => fill(wordOf(lang, key) ?? key, { money: units.moneyWord, moneyHint: units.moneyHint, land: units.landWord, ...values }),
    [lang, units],
  )
  const has = useCallback((key: string) => wordOf(lang, key) !== undefined, [lang])
  const fields = useMemo(() => new Map(pack?.fields.map((f) => [f.key, f[lang] || f.zh])), [pack, lang])
  /** A field's word by its key: the pack's, then ours; `formality:eia` and the like by what they name. */
  const fieldWord = useCallback(
    (field: string): string => {
      const known = fields.get(field) ?? wordOf(lang, `field.${field}`)
      if (known) return known
      const [kind, key] = field.split(':', 2)
      const list = kind === 'formality' ? pack?.formalities : kind === 'role' || kind === 'person' ? pack?.roles : undefined
      const word = list?.find((w) => w.key === key)
      return word ? word[lang] || word.zh : (key ?? field)
    },
    [fields, pack, lang],
  )
  return { t, lang, has, fieldWord, units }
}
