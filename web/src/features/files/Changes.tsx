/** Two versions' differences as a table, narrowed by what they are about. */
import { Button } from 'antd'
import { useState } from 'react'
import { changesIn, counted, FILTERS, type Filter } from './changes'
import type { Difference } from './types'
import { useWords } from './words'

const PAGE = 200

export function Changes({ of }: { of: Difference }) {
  const { t } = useWords()
  const [filter, setFilter] = useState<Filter>('all')
  const [shown, setShown] = useState(PAGE)
  const rows = changesIn(of.rows, filter)
  const counts = counted(of.rows)
  return (
    <>
      <p>{of.days > 0 ? t('report.later', { n: of.days }) : of.days < 0 ? t('report.earlier', { n: -of.days }) : t('report.same')}</p>
      {of.doubts.length > 0 && (
        <div className="fl-doubts">
          <b>{t('report.ask')}</b>
          <ul>
            {of.doubts.map((d) => (
              <li key={d.code}>
                {d.title} ×{d.count}<small>{d.advice}</small>
                {d.cases.some(Boolean) && <small>{d.cases.filter(Boolean).slice(0, 5).join(t('report.semicolon'))}</small>}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="fl-acts" role="group" aria-label={t('change.filters')}>
        {FILTERS.filter((f) => f === 'all' || counts[f] > 0).map((f) => (
          <Button key={f} size="small" type={filter === f ? 'primary' : 'default'} aria-pressed={filter === f} onClick={() => (setFilter(f), setShown(PAGE))}>
            {t(`change.${f}`)} {counts[f]}
          </Button>
        ))}
      </div>
      {rows.length === 0 ? (
        <p className="pj-none">{t('change.none')}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
        <div className="fl-wide" role="region" aria-label={t('change.table')} tabIndex={0}>
          <table className="pj-table fl-changes">
            <thead>
              <tr>
                <th scope="col">{t('change.row')}</th>
                <th scope="col">{t('change.what')}</th>
                <th scope="col">{t('change.before')}</th>
                <th scope="col">{t('change.after')}</th>
                <th scope="col" className="pj-num">{t('change.days')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shown).map((r, i) => (
                <tr key={i} className={`fl-${r.kind}`}>
                  <th scope="row">
                    {r.kind === 'deleted' ? <s>{r.name}</s> : r.name}
                    <small>{[r.code, r.milestone && t('change.milestone'), r.critical && t('change.critical')].filter(Boolean).join(' · ')}</small>
                  </th>
                  <td>{r.fields.length ? r.fields.map((f, j) => <div key={j}>{r.kind.startsWith('link') ? t(`change.${r.kind as 'link_added'}`) : f.name}</div>) : t(`change.${r.kind}`)}</td>
                  <td className="num">{r.fields.map((f, j) => <div key={j}>{f.before}</div>)}</td>
                  <td className="num">{r.fields.map((f, j) => <div key={j}>{f.after}</div>)}</td>
                  <td className={r.days !== null && r.days > 0 ? 'pj-num num fl-late' : 'pj-num num'}>{r.days ? (r.days > 0 ? `+${r.days}` : r.days) : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > shown && <Button size="small" onClick={() => setShown(shown + PAGE)}>{t('change.more', { n: rows.length - shown })}</Button>}
    </>
  )
}
