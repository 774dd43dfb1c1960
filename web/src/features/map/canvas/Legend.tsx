/** What the marks mean. */
import { useWords } from './words'

const MARKS = ['done', 'left', 'drive', 'paused', 'base', 'contractor', 'limit', 'float', 'odds', 'plan', 'forecast'] as const

export function Legend({ provisional }: { provisional?: boolean }) {
  const { t } = useWords()
  return (
    <ul className="bm-legend">
      {MARKS.map((m) => (
        <li key={m}>
          <i className={`bm-mark bm-mark-${m}`} aria-hidden="true" />
          {t(`legend.${m}`)}
        </li>
      ))}
      {provisional ? <li>{t('map.provisional')}</li> : null}
    </ul>
  )
}
