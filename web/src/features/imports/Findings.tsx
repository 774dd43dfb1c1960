// The right panel: what was found at which cell and what to do, then what will change.
import { useMemo, useState } from 'react'
import { Button, Segmented, Select } from 'antd'
import type { NumberedProblem } from './findingOrder'
import { sayValue, type Lang, type Register } from './readAs'
import { Badge, type Cursor } from './Sheet'
import type { ImportProblem, ImportRow, Severity } from './types'
import type { Words } from './words'

const FIRST = 100

type ProblemsProps = {
  problems: readonly NumberedProblem[]
  current: number | null
  onGo: (problem: NumberedProblem) => void
  words: Words
}

export function Problems({ problems, current, onGo, words: w }: ProblemsProps) {
  const [severity, setSeverity] = useState<Severity | 'all'>('all')
  const [code, setCode] = useState<string | null>(null)
  const [shown, setShown] = useState(FIRST)
  const count = (s: Severity) => problems.filter((p) => p.severity === s).length
  const kinds = useMemo(() => {
    const seen = new Map<string, { label: string; n: number }>()
    for (const p of problems) {
      const kind = seen.get(p.code)
      if (kind) kind.n++
      else seen.set(p.code, { label: withoutValues(p), n: 1 })
    }
    return [...seen].map(([value, { label, n }]) => ({ value, label: `${label}（${n}）` }))
  }, [problems])
  const wanted = problems.filter((p) => (severity === 'all' || p.severity === severity) && (!code || p.code === code))
  const severities = (['block', 'warn', 'info'] as const).filter((s) => count(s) > 0)
  return (
    <section aria-labelledby="imp-problems">
      <h2 id="imp-problems">
        {w.problems(problems.length)}
        <small>{w.problemsSplit(count('block'), count('warn'))}</small>
      </h2>
      {problems.length === 0 && <p>{w.problemsNone}</p>}
      {(severities.length > 1 || kinds.length > 1) && (
        <div className="imp-filters">
          {severities.length > 1 && (
            <Segmented<Severity | 'all'>
              size="small"
              value={severity}
              onChange={setSeverity}
              options={[{ value: 'all', label: w.all }, ...severities.map((s) => ({ value: s, label: `${w.severity[s]} ${count(s)}` }))]}
            />
          )}
          {kinds.length > 1 && (
            <Select size="small" aria-label={w.filterCode} allowClear placeholder={w.everyCode} value={code} onChange={(v) => setCode(v ?? null)} options={kinds} style={{ minWidth: 140, flex: 1 }} popupMatchSelectWidth={false} />
          )}
        </div>
      )}
      <ol>
        {wanted.slice(0, shown).map((p) => (
          <li key={p.number}>
            <button type="button" className="imp-problem" aria-current={p.number === current} onClick={() => onGo(p)} data-code={p.code} data-at={p.cell}>
              <span className="imp-where">
                {p.severity !== 'info' && <Badge mark={{ number: p.number, blocks: p.severity === 'block' }} />}
                {p.cell}
              </span>
              <span>
                <span className="imp-what">
                  <span>{p.title}</span>
                  <em className={`imp-sev-${p.severity}`}>{w.severity[p.severity]}</em>
                </span>
                <span className="imp-remedy">{p.remedy}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      {wanted.length > shown && (
        <Button type="link" size="small" onClick={() => setShown(shown + FIRST)}>
          {w.more(Math.min(FIRST, wanted.length - shown))}
        </Button>
      )}
    </section>
  )
}

type ChangesProps = {
  rows: readonly ImportRow[]
  total: number
  register: Register
  onGo: (cursor: Cursor) => void
  words: Words
  lang: Lang
}

export function Changes({ rows, total, register, onGo, words: w, lang }: ChangesProps) {
  const [shown, setShown] = useState(FIRST)
  if (total === 0) return null
  return (
    <section aria-labelledby="imp-changes">
      <h2 id="imp-changes">
        {w.changesTitle(total)}
        <small>{w.changesHint}</small>
      </h2>
      <table className="imp-changes">
        <tbody>
          {rows.slice(0, shown).flatMap((row) =>
            row.changes.map((c, i) => (
              <tr key={`${row.row}${c.field}`}>
                <td>{i === 0 ? row.row : ''}</td>
                <td>
                  {i === 0 && (
                    <button type="button" onClick={() => onGo({ row: row.row, column: c.column ?? 0 })}>
                      {row.project?.name}
                    </button>
                  )}
                </td>
                <td>{register.label(c.field)}</td>
                <td>
                  <s>{sayValue(c.field, c.before, register, w, lang)}</s> → <b>{sayValue(c.field, c.after, register, w, lang)}</b>
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
      {rows.length > shown && (
        <Button type="link" size="small" onClick={() => setShown(shown + FIRST)}>
          {w.more(Math.min(FIRST, rows.length - shown))}
        </Button>
      )}
    </section>
  )
}

/** A finding's title with its own values left out, as the name of its kind. */
function withoutValues(p: ImportProblem): string {
  return Object.values(p.values ?? {}).reduce((title, value) => (value.length > 1 ? title.replace(value, '…') : title), p.title)
}
