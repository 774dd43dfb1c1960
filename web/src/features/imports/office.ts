// What the wizard needs to know of the house it stands in: language, words, the pack's registers, the day.
import { useCallback, useMemo } from 'react'
import { useMe, usePack } from '../../shared/api'
import { useLang } from '../../shared/words'
import { fieldGroups, registerOf } from './register'
import { words } from './words'

export function useOffice() {
  const lang = useLang()
  const pack = usePack()
  const today = useMe()?.today ?? ''
  const w = words[lang]
  const register = useMemo(() => registerOf(pack, lang, w), [pack, lang, w])
  const fieldOptions = useMemo(() => fieldGroups(pack, register, w), [pack, register, w])
  const moment = useCallback((at: string) => new Date(at).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' }), [lang])
  return { lang, words: w, pack, register, fieldOptions, today, moment }
}
