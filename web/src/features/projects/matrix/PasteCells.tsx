/** A block laid on the sheet, before it is recorded: what each cell would hold, what stands against it. All or nothing. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { failureOf } from '../acts/form'
import { useReturnFocus } from '../acts/useReturnFocus'
import { recordCells } from '../api/queries'
import { cellMark, editsOf, type LaidCell } from '../model/matrix'
import { shortPeriod, type Show } from '../show'
import { useWords } from '../words'

const SHOWN = 200

interface Props {
  cells: LaidCell[]
  /** Cells of the block that lie beyond the sheet. */
  out: number
  show: Show
  onClose: () => void
  onDone: (feed: number, cells: number) => void
}

export function PasteCells({ cells, out, show, onClose, onDone }: Props) {
  const { t } = useWords()
  useReturnFocus()
  const edits = editsOf(cells)
  const preview = useQuery({
    queryKey: ['projects', 'matrix-preview', edits],
    queryFn: async () => (await recordCells('preview', edits)).body,
    enabled: edits.length > 0,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  const commit = useMutation({
    mutationFn: () => recordCells('commit', edits),
    onSuccess: ({ body }) => {
      if (body.feed !== null) onDone(body.feed, body.cells.filter((c) => !c.same).length)
      else void preview.refetch()
    },
  })
  const found = preview.data?.cells ?? []
  const bad = found.filter((c) => !c.ok).length
  const changes = found.filter((c) => c.ok && !c.same).length
  const error = commit.error ?? preview.error
  const day = (period: string) => shortPeriod(period, show)
  const order = cells.map((cell, i) => ({ cell, result: found[i] })).sort((a, b) => Number(a.result?.ok ?? true) - Number(b.result?.ok ?? true))
  return (
    <Modal
      open
      width={880}
      title={t('matrix.pasteTitle', { cells: cells.length })}
      onCancel={onClose}
      footer={[
        <span key="rule" className="pj-footnote">
          {t('paste.whole')}
        </span>,
        <Button key="no" onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="yes" type="primary" disabled={!preview.isSuccess || bad > 0 || changes === 0} loading={commit.isPending} onClick={() => commit.mutate()}>
          {preview.isPending && edits.length > 0 ? t('stage.checking') : bad > 0 ? t('matrix.bad', { count: bad }) : changes === 0 ? t('matrix.nothing') : t('matrix.commit', { count: changes })}
        </Button>,
      ]}
    >
      {out > 0 && <p className="pj-lead">{t('matrix.pasteOut', { count: out })}</p>}
      <section className="pj-scroll" aria-label={t('matrix.pasteTitle', { cells: cells.length })}>
        <table className="pj-table">
          <thead>
            <tr>
              <th scope="col">{t('col.name')}</th>
              <th scope="col">{t('formality.kind')}</th>
              <th scope="col">{t('paste.before')}</th>
              <th scope="col">{t('paste.after')}</th>
              <th scope="col">{t('paste.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {order.slice(0, SHOWN).map(({ cell, result }) => {
              const before = cell.row.cells.find((c) => c.kind === cell.column.kind)
              return (
                <tr key={`${cell.row.id}-${cell.column.kind}`} className={result && !result.ok ? 'pj-bad' : undefined}>
                  <td>{cell.row.name}</td>
                  <td>{cell.column.short}</td>
                  <td className="pj-was">{before ? cellMark(before, day) : ''}</td>
                  <td className="pj-will">
                    {result?.after ? `${cellMark(result.after, day)} ${t(`formality.${result.after.standing}`)}` : cell.text}
                  </td>
                  <td>
                    {result?.problems.map((p) => (
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
        {cells.length > SHOWN && <p className="pj-lead">{t('paste.more', { count: cells.length - SHOWN })}</p>}
      </section>
      {error !== null && (
        <p role="alert" className="pj-lead">
          {failureOf(error, t('act.offline')).title}
        </p>
      )}
    </Modal>
  )
}
