/** What is chosen, line by line: its own number and validity, and everything that stands against it. */
import { Button, Input } from 'antd'
import { Fragment } from 'react'
import type { Line, WorkItem } from './api'
import type { OfRow } from './model'
import { useWords } from './words'

interface Props {
  items: readonly WorkItem[]
  lines: readonly Line[]
  numbered: boolean
  rows: Readonly<Record<string, OfRow>>
  onRow: (key: string, row: OfRow) => void
  onDrop: (key: string) => void
}

export function Lines({ items, lines, numbered, rows, onRow, onDrop }: Props) {
  const { t } = useWords()
  const of = (item: WorkItem) => lines.find((line) => line.project === item.project && line.item === (item.formality ?? item.activity))
  return (
    <ul className="work-lines" aria-label={t('ask.rows')}>
      {items.map((item) => {
        const line = of(item)
        const names = { project: item.project_name, name: item.name }
        return (
          <li key={item.key} className={line && !line.ok ? 'work-refused' : undefined}>
            <span>
              <b>{item.project_name}</b> {item.name}
            </span>
            <Button size="small" type="text" aria-label={t('ask.drop', names)} onClick={() => onDrop(item.key)}>
              ×
            </Button>
            {numbered ? (
              <div className="work-own">
                <Input size="small" aria-label={t('ask.numberOf', names)} placeholder={t('ask.number')} value={rows[item.key]?.number ?? ''} onChange={(event) => onRow(item.key, { number: event.target.value })} />
                <Input size="small" type="date" aria-label={t('ask.validOf', names)} value={rows[item.key]?.valid ?? ''} onChange={(event) => onRow(item.key, { valid: event.target.value })} />
              </div>
            ) : null}
            {line?.same ? <small className="muted">{t('commit.same')}</small> : null}
            {line?.problems.map((problem) => (
              <p key={problem.code + (problem.place ?? '')} className={problem.severity === 'block' ? 'work-block' : 'work-warn'}>
                {problem.title}
                {problem.remedy ? (
                  <Fragment>
                    <br />
                    <small>{problem.remedy}</small>
                  </Fragment>
                ) : null}
              </p>
            ))}
          </li>
        )
      })}
    </ul>
  )
}
