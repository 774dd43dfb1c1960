/** Places by stages: one table that foots both ways, each figure a list. */
import { Link } from 'react-router'
import { type DivisionCount, type Overview, usePack, useSay } from '../../shared/api'
import { count, FEN_PER_MILLION, FEN_PER_YI, scaled } from '../../shared/ui'
import { useWords } from '../../shared/words'
import { type Links, MISSING } from './links'

/** In the order of the pack; what has no place comes last. */
function inOrder(rows: readonly DivisionCount[], codes: readonly string[]): DivisionCount[] {
  const at = (key: string | null) => (key === null ? Infinity : codes.indexOf(key))
  return [...rows].sort((a, b) => at(a.key) - at(b.key))
}

export function Towns({ overview, links }: { overview: Overview; links: Links }) {
  const { t, lang } = useWords()
  const pack = usePack()
  const say = useSay()
  const stages = pack?.stages ?? []
  const rows = inOrder(overview.by_division, pack?.divisions.map((d) => d.code) ?? [])
  const [scale, unit] = lang === 'zh' && (pack?.currency ?? 'CNY') === 'CNY' ? [FEN_PER_YI, '亿元'] : [FEN_PER_MILLION, `${lang === 'zh' ? '百万' : 'm'} ${pack?.currency ?? 'CNY'}`]
  const money = (fen: number) => scaled(fen, scale, 1)
  const cell = (n: number, to: string, label: string) => (
    <td className="n" key={to}>
      {n ? (
        <Link to={to} aria-label={`${label} ${n}`}>
          {count(n)}
        </Link>
      ) : (
        <span className="muted">·</span>
      )}
    </td>
  )
  const sum = (key: string) => rows.reduce((all, r) => all + (r.by_stage[key] ?? 0), 0)
  return (
    <section className="towns" aria-labelledby="towns-title">
      <header>
        <h2 id="towns-title">{t('overview.towns')}</h2>
        <span className="muted">{t('overview.townsSays', { unit })}</span>
      </header>
      <div className="scroll-x">
        <table className="sheet-table">
          <thead>
            <tr>
              <th scope="col">{t('overview.town')}</th>
              {stages.map((s) => (
                <th scope="col" className="n" key={s.key}>
                  {s[lang]}
                </th>
              ))}
              <th scope="col" className="n">
                {t('overview.sum')}
              </th>
              <th scope="col" className="n">
                {t('overview.investCol')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const name = row.key ? say('divisions', row.key) : t('common.none')
              const division = row.key ?? MISSING
              return (
                <tr key={division}>
                  <th scope="row">
                    <Link to={links.list({ division })}>{name}</Link>
                  </th>
                  {stages.map((s) => cell(row.by_stage[s.key] ?? 0, links.list({ division, stage: s.key }), `${name} ${s[lang]}`))}
                  {cell(row.rows, links.list({ division }), `${name} ${t('overview.sum')}`)}
                  <td className="n">{money(row.investment)}</td>
                </tr>
              )
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('overview.sum')}</th>
              {stages.map((s) => cell(sum(s.key), links.list({ stage: s.key }), `${t('overview.sum')} ${s[lang]}`))}
              {cell(
                rows.reduce((all, r) => all + r.rows, 0),
                links.list(),
                t('overview.sum'),
              )}
              <td className="n">{money(rows.reduce((all, r) => all + r.investment, 0))}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}
