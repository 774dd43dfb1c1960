/** The dates that the draft comes to from a day: milestones, what drives them, what these facts leave out. */
import { InputNumber, Select } from 'antd'
import type { PatternCheck, PatternDraft, PatternShared, WhenDraft } from '../../../shared/api'
import { Light } from '../../../shared/ui'
import type { FactValues } from './api'
import { useWords, type WordKey } from './words'

const factsOf = (when: WhenDraft | null): string[] => (when === null ? [] : [...(when.fact ? [when.fact] : []), ...(when.any ?? []).flatMap(factsOf), ...(when.all ?? []).flatMap(factsOf)])

export function Dates({ check, shared, facts, setFacts, draft }: { check: PatternCheck | undefined; shared: PatternShared; facts: FactValues; setFacts: (facts: FactValues) => void; draft: PatternDraft }) {
  const { t, lang } = useWords()
  const dates = check?.dates
  const asked = new Set(draft.activities.flatMap((a) => factsOf(a.when)))
  const list = lang === 'zh' ? '、' : ', '
  const put = (key: string, value: number | boolean | null) => {
    const { [key]: _, ...rest } = facts
    setFacts(value === null ? rest : { ...rest, [key]: value })
  }
  return (
    <>
      {dates ? (
        <ul className="pat-milestones">
          {dates.milestones.map((m) => (
            <li key={m.milestone}>
              <b>{t(`milestone.${m.milestone}` as WordKey)}</b> <span className="num">{m.day}</span> <span className="muted">{t('check.offset', { n: m.offset })}</span>
              {m.approval_days === null ? null : <span className="muted"> {t('check.approval', { n: m.approval_days })}</span>}
              <div className="pat-path">{t('check.path', { path: m.path.join(' → ') })}</div>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{t('check.noDates')}</p>
      )}
      {dates && dates.left_out.length > 0 ? <p className="muted">{t('check.leftOut', { ids: dates.left_out.join(list) })}</p> : null}
      {dates && dates.undecided.length > 0 ? <p className="muted">{t('check.undecided', { ids: dates.undecided.join(list) })}</p> : null}
      {dates?.provisional ? <Light color="amber" word={t('check.provisional')} /> : null}
      {asked.size > 0 ? (
        <fieldset className="pat-facts">
          <legend>{t('check.facts')}</legend>
          {shared.facts
            .filter((f) => asked.has(f.key))
            .map((f) => {
              const value = facts[f.key]
              return (
                <label key={f.key}>
                  <span>{f[lang]}</span>
                  {f.kind === 'number' ? (
                    <InputNumber size="small" min={0} precision={0} aria-label={f[lang]} placeholder={t('check.notKnown')} suffix={lang === 'zh' ? f.unit_zh : f.unit_en} value={typeof value === 'number' ? value : null} onChange={(n) => put(f.key, n)} />
                  ) : (
                    <Select
                      size="small"
                      aria-label={f[lang]}
                      value={value === undefined ? 'notKnown' : value ? 'yes' : 'no'}
                      options={(['notKnown', 'yes', 'no'] as const).map((v) => ({ value: v as string, label: t(`check.${v}`) }))}
                      onChange={(v: string) => put(f.key, v === 'notKnown' ? null : v === 'yes')}
                    />
                  )}
                </label>
              )
            })}
        </fieldset>
      ) : null}
    </>
  )
}
