/** The difference to the version in force, row by row: what it was and what it becomes. */
import type { PatternCheck, PatternDraft, PatternShared } from '../../../shared/api'
import { valueText } from './model'
import { useWords, type WordKey } from './words'

export function Changes({ before, after, difference, shared }: { before: PatternDraft | null; after: PatternDraft; difference: PatternCheck['difference']; shared: PatternShared }) {
  const { t, lang } = useWords()
  if (difference.head.length + difference.steps.length === 0) return <p className="muted">{t('diff.none')}</p>
  const stepOf = (draft: PatternDraft | null, id: string) => draft?.activities.find((a) => a.id === id)
  const head = (draft: PatternDraft | null, field: string) => {
    if (!draft) return ''
    if (field === 'key') return draft.key
    if (field === 'words') return `${draft.words.zh} / ${draft.words.en}`
    return [...draft.applies.procedures, ...draft.applies.natures, ...draft.applies.industries].join(', ')
  }
  const line = (key: string, field: string, was: string, now: string) => (
    <tr key={key}>
      <th scope="row">{t(`field.${field}` as WordKey)}</th>
      <td>{was || <span className="muted">{t('diff.nothing')}</span>}</td>
      <td>{now || <span className="muted">{t('diff.nothing')}</span>}</td>
    </tr>
  )
  return (
    <div className="scroll-x">
      <table className="sheet-table dense pat-diff">
        <thead>
          <tr>
            <th scope="col">{t('field.words')}</th>
            <th scope="col">{t('diff.was')}</th>
            <th scope="col">{t('diff.now')}</th>
          </tr>
        </thead>
        <tbody>
          {difference.head.map((field) => line(`head-${field}`, field, head(before, field), head(after, field)))}
        </tbody>
        {difference.steps.map((change) => {
          const [was, now] = [stepOf(before, change.id), stepOf(after, change.id)]
          const name = (now ?? was)?.words[lang] ?? ''
          return (
            <tbody key={change.id}>
              <tr className="pat-diffhead">
                <th scope="rowgroup" colSpan={3}>
                  <span className="num">{change.id}</span> {name} · {t(`diff.${change.kind}`)}
                </th>
              </tr>
              {change.fields.map((field) => (field === 'place' ? line(`${change.id}-${field}`, field, '', t('diff.moved')) : line(`${change.id}-${field}`, field, was ? valueText(was, field, shared, t, lang) : '', now ? valueText(now, field, shared, t, lang) : '')))}
            </tbody>
          )
        })}
      </table>
    </div>
  )
}
