/** The list as offices keep it on paper: a line a project, a column a permit, group rows with how many of how many. */
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Select } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { failureOf } from '../acts/form'
import { type FormalityActKey, formalityAct } from '../acts/formalityForms'
import * as forms from '../acts/forms'
import { useActs } from '../acts/useActs'
import { fetchProject, matrixFile, useMatrixTotals } from '../api/queries'
import type { Formality, MatrixColumn, MatrixRow } from '../api/types'
import type { Block } from '../model/clipboard'
import { type LaidCell, layCells } from '../model/matrix'
import { apiText, GROUPINGS, type Query, readQuery, writeQuery } from '../model/query'
import { useNaming } from '../pipeline/Pipeline'
import { useLines } from '../pipeline/useLines'
import { useAsOf, useFeed, useMe, useNarrow, useShow } from '../shell'
import type { Show } from '../show'
import { useUndo } from '../undo'
import { useWords } from '../words'
import { MatrixGrid } from './MatrixGrid'
import { MatrixPhone } from './MatrixPhone'
import { PasteCells } from './PasteCells'
import './matrix.css'

export function Matrix() {
  const show = useShow()
  return show ? <Known show={show} /> : <div className="pj-skeleton" aria-busy="true" />
}

function Known({ show }: { show: Show }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const me = useMe()
  const asOf = useAsOf()
  const narrow = useNarrow()
  const client = useQueryClient()
  const navigate = useNavigate()
  const undo = useUndo()
  const [params, setParams] = useSearchParams()
  const query = useMemo(() => readQuery(params), [params])
  const [laid, setLaid] = useState<{ cells: LaidCell[]; out: number } | null>(null)
  const readOnly = asOf !== null || !(me?.can.includes('edit_projects') ?? false)
  const onQuery = useCallback((next: Query) => setParams((p) => writeQuery(p, next), { replace: true }), [setParams])
  const filters = apiText(query)
  const loaded = useLines<MatrixRow>(query, asOf, useNaming(show), 'formalities/matrix')
  const totals = useMatrixTotals(filters, query.group, asOf)
  const columns = totals.data?.columns ?? NO_COLUMNS

  const reload = useCallback(() => void client.invalidateQueries({ queryKey: ['projects'] }), [client])
  useFeed(reload)
  const acts = useActs(show, reload)

  /** The permit's own form, on the project as it is now. */
  const open = async (row: MatrixRow, column: MatrixColumn, key: FormalityActKey | 'edit') => {
    try {
      const view = await fetchProject(row.id)
      const of = view.project.formalities.find((f) => f.kind === column.kind) ?? blank(column.kind)
      const making = acts.makingOf(view)
      acts.openForm(key === 'edit' ? forms.formality(making, of) : formalityAct(making, of, key))
    } catch (error) {
      void message.error(failureOf(error, t('act.offline')).title)
    }
  }

  const onPaste = (block: Block, line: number, column: number) => {
    const { lines } = loaded
    const found = layCells(block, line, column, { rowAt: (l) => lines.row(l), isHead: (l) => lines.at(l)?.kind === 'group', lines: lines.length, columns })
    if (found.cells.length + found.out > 0) setLaid(found)
  }

  const error = loaded.error ?? totals.error
  return (
    <div className="pj-page">
      {loaded.loaders}
      <div className="pj-bar">
        <p className="mx-legend">{t('matrix.legend')}</p>
        <div className="pj-tools">
          {!narrow && !readOnly && <span className="pj-unit">{t('matrix.keys')}</span>}
          <Select
            size="small"
            value={query.group ?? ''}
            aria-label={t('group.label')}
            popupMatchSelectWidth={false}
            variant="borderless"
            options={[{ value: '', label: t('group.none') }, ...GROUPINGS.map((g) => ({ value: g, label: t(`group.${g}`) }))]}
            onChange={(g) => onQuery({ ...query, group: GROUPINGS.find((x) => x === g) ?? null })}
          />
          <Link className="pj-link" to={{ pathname: '/projects', search: params.toString() }}>
            {t('board.grid')}
          </Link>
          {!narrow && me?.can.includes('export') && (
            <>
              <a className="pj-link" href={matrixFile('xlsx', filters, query.sort, query.group, asOf)} download>
                {t('matrix.export')}
              </a>
              <a className="pj-link" href={matrixFile('csv', filters, query.sort, query.group, asOf)} download>
                {t('matrix.csv')}
              </a>
            </>
          )}
        </div>
      </div>
      <section className="pj-main">
        {loaded.tooManyToGroup && <p className="pj-note">{t('group.tooMany')}</p>}
        {error ? (
          <div className="pj-nothing" role="alert">
            <h2>{t('error.title')}</h2>
            <p>{failureOf(error, t('act.offline')).title}</p>
            <p>{t('error.safe')}</p>
            <Button onClick={reload}>{t('error.retry')}</Button>
          </div>
        ) : loaded.loading || !totals.data ? (
          <div className="pj-skeleton" aria-busy="true" aria-label={t('grid.loading')} />
        ) : loaded.lines.length === 0 || columns.length === 0 ? (
          <div className="pj-nothing">
            <p>{loaded.lines.length === 0 ? t('board.empty') : t('matrix.empty')}</p>
            <Link className="pj-button" to="/projects">
              {t('board.grid')}
            </Link>
          </div>
        ) : narrow ? (
          <MatrixPhone loaded={loaded} columns={columns} show={show} />
        ) : (
          <MatrixGrid
            loaded={loaded}
            totals={totals.data}
            show={show}
            readOnly={readOnly}
            onAct={(row, column, key) => void open(row, column, key)}
            onProject={(row) => void navigate(`/projects/${row.id}`)}
            onPaste={onPaste}
            onUndo={undo.back}
          />
        )}
      </section>
      {laid && (
        <PasteCells
          cells={laid.cells}
          out={laid.out}
          show={show}
          onClose={() => setLaid(null)}
          onDone={(feed, count) => {
            setLaid(null)
            reload()
            undo.did(feed, t('matrix.undo', { count }))
          }}
        />
      )}
      {acts.dialog}
    </div>
  )
}

const NO_COLUMNS: MatrixColumn[] = []

const blank = (kind: string): Formality => ({ kind, state: 'planned', planned: null, applied: null, decided: null, valid_until: null, number: null })
