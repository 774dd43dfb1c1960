/** What a pasted block or a bulk edit would change, cell by cell, with every problem; whole or not at all. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { bulkEdit } from '../api/queries'
import type { ProblemView } from '../api/types'
import type { Column } from '../model/columns'
import type { CellChange, CellProblem, Laid } from '../model/paste'
import { longPeriod, type Show } from '../show'
import { useWords } from '../words'
import { FailureBox, failureOf } from '../acts/form'
import { useReturnFocus } from '../acts/useReturnFocus'

interface PasteDialogProps {
  title: string
  laid: Laid
  show: Show
  onClose: () => void
  onDone: (feed: number, rows: number, cells: number) => void
  onReload: () => void
}

const SHOWN = 200

export function PasteDialog({ title, laid, show, onClose, onDone, onReload }: PasteDialogProps) {
  const { t } = useWords()
  useReturnFocus()
  const { edits, changes, problems, same } = laid
  const preview = useQuery({
    queryKey: ['projects', 'bulk-preview', edits],
    queryFn: async () => (await bulkEdit('preview', edits)).body,
    enabled: edits.length > 0,
    staleTime: 0,
    gcTime: 0,
  })
  const commit = useMutation({
    mutationFn: () => bulkEdit('commit', edits),
    onSuccess: ({ body }) => {
      if (body.feed !== null) onDone(body.feed, edits.length, changes.length)
      else void preview.refetch()
    },
  })
  const refused = new Map<string, ProblemView[]>(
    (commit.data?.body.feed === null ? commit.data.body : preview.data)?.results.filter((r) => !r.ok).map((r) => [r.id, r.problems]),
  )
  const bars = problems.length + [...refused.values()].reduce((n, p) => n + Math.max(1, p.length), 0)
  const ready = preview.isSuccess && bars === 0 && edits.length > 0
  const error = commit.error ?? preview.error
  return (
    <Modal
      open
      width={880}
      title={title}
      onCancel={onClose}
      footer={[
        <span key="rule" className="pj-footnote">
          {t('paste.whole')}
        </span>,
        <Button key="no" onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="yes" type="primary" disabled={!ready} loading={commit.isPending} onClick={() => commit.mutate()}>
          {bars > 0
            ? t('paste.blocked', { count: bars })
            : edits.length === 0
              ? t('paste.nothing')
              : preview.isPending
                ? t('stage.checking')
                : t('paste.commit', { rows: edits.length, cells: changes.length })}
        </Button>,
      ]}
    >
      <p className="pj-lead">{t('paste.sum', { cells: changes.length + same + problems.length, changes: changes.length, same, problems: bars })}</p>
      <section className="pj-scroll" aria-label={title}>
        <table className="pj-table">
          <thead>
            <tr>
              <th scope="col">{t('col.name')}</th>
              <th scope="col">{t('paste.field')}</th>
              <th scope="col">{t('paste.before')}</th>
              <th scope="col">{t('paste.after')}</th>
              <th scope="col">{t('paste.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.slice(0, SHOWN).map((p) => (
              <ProblemRow key={`${p.line}-${p.column?.key}-${p.found}`} problem={p} />
            ))}
            {changes.slice(0, SHOWN).map((c) => {
              const found = refused.get(c.row.id)?.filter((p) => belongs(p, c, changes)) ?? []
              return (
                <tr key={`${c.row.id}-${c.field}`} className={found.length ? 'pj-bad' : undefined}>
                  <td>{c.row.name}</td>
                  <td>{t(`col.${c.column.key}`)}</td>
                  <td className="pj-was">{changeText(c.before, c.column, show)}</td>
                  <td className="pj-will">{changeText(c.after, c.column, show)}</td>
                  <td>
                    {found.map((p) => (
                      <span key={p.code}>
                        {p.title}
                        {p.remedy && <small>{p.remedy}</small>}
                      </span>
                    ))}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
        {changes.length > SHOWN && <p className="pj-lead">{t('paste.more', { count: changes.length - SHOWN })}</p>}
      </section>
      {error !== null && <FailureBox failure={failureOf(error, t('act.offline'))} onReload={onReload} />}
    </Modal>
  )
}

/** A problem stands at the field it names; one that names no pasted field, at the row's first. */
function belongs(problem: ProblemView, change: CellChange, changes: readonly CellChange[]): boolean {
  const ofRow = changes.filter((c) => c.row.id === change.row.id)
  return ofRow.some((c) => c.field === problem.place) ? problem.place === change.field : ofRow[0] === change
}

function ProblemRow({ problem }: { problem: CellProblem }) {
  const { t } = useWords()
  return (
    <tr className="pj-bad">
      <td>{problem.row?.name ?? t('paste.noRow')}</td>
      <td>{problem.column ? t(`col.${problem.column.key}`) : t('paste.noColumn')}</td>
      <td>—</td>
      <td className="pj-will">{problem.found || '—'}</td>
      <td>
        {t(`problem.${problem.code}`)}
        <small>{t(`remedy.${problem.code}`)}</small>
      </td>
    </tr>
  )
}

function changeText(value: string | number | null, column: Column, show: Show): string {
  if (value === null) return '—'
  if (column.kind === 'money') return show.units.money(Number(value), 6)
  if (column.kind === 'area') return show.units.landSaid(Number(value))
  if (column.kind === 'choice' && column.register) return show.registers.word(column.register, String(value))
  if (column.kind === 'period' || column.kind === 'day') return longPeriod(String(value), show.lang)
  return String(value)
}
