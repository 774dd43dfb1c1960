/** The list as it would be worked off: groups, and in each line whose it is, how its clock stands and what hangs on it. */
import { Checkbox } from 'antd'
import { useRef } from 'react'
import type { WorkPage } from '../../shared/api'
import type { WorkGroup, WorkItem } from './api'
import { Card } from './Card'
import { GROUPS } from './model'
import { Row } from './Row'
import { useWords } from './words'

export type Pick = ((keys: readonly string[], on: boolean) => void) | null

interface Props {
  items: readonly WorkItem[]
  today: string
  soon: number
  sums: WorkPage['sums']
  everyone: boolean
  narrow: boolean
  picked: ReadonlySet<string>
  onPick: Pick
  onOpen: () => void
}

const HEADS = ['project', 'item', 'since', 'clock', 'used', 'due', 'holds', 'finish', 'go'] as const
const HINTS = { overdue: 'group.overdueHint', soon: 'group.soonHint', in_hand: 'group.in_handHint', ready: 'group.readyHint', waiting: 'group.waitingHint' } as const

export function Table({ items, today, soon, sums, everyone, narrow, picked, onPick, onOpen }: Props) {
  const { t } = useWords()
  const place = useRef<HTMLDivElement>(null)
  const boxes = () => [...(place.current?.querySelectorAll<HTMLInputElement>('input[data-line]') ?? [])]
  // Arrows go from line to line, Enter opens the sheet for what is chosen; the space bar is the box's own.
  const onKeyDown = (event: React.KeyboardEvent) => {
    const all = boxes()
    const at = all.indexOf(event.target as HTMLInputElement)
    if (at < 0) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      const next = all[Math.min(Math.max(to, 0), all.length - 1)]
      next?.focus()
      next?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onOpen()
    }
  }
  const groups = GROUPS.map((group) => ({ group, rows: items.filter((item) => item.group === group) })).filter(({ rows }) => rows.length > 0)
  const count = (group: WorkGroup, shown: number) => Math.max(shown, group === 'in_hand' ? shown : sums[group])
  const head = (group: WorkGroup, rows: readonly WorkItem[]) => {
    const word = t(`group.${group}`, { days: soon })
    const n = count(group, rows.length)
    const chosen = rows.filter((row) => picked.has(row.key)).length
    return (
      <>
        {onPick ? (
          <Checkbox aria-label={t('group.choose', { word, n: rows.length })} checked={chosen === rows.length} indeterminate={chosen > 0 && chosen < rows.length} onChange={(event) => onPick(rows.map((row) => row.key), event.target.checked)} />
        ) : null}
        <b>{t('group.head', { word, n })}</b>
        <span>{t(HINTS[group])}</span>
      </>
    )
  }
  if (narrow) {
    return (
      <div className="work-cards" ref={place}>
        {groups.map(({ group, rows }) => (
          <section key={group} aria-label={t(`group.${group}`, { days: soon })}>
            <h2 className="work-group">{head(group, rows)}</h2>
            <ul>
              {rows.map((row) => (
                <Card key={row.key} row={row} today={today} everyone={everyone} picked={picked.has(row.key)} onPick={onPick} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    )
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the boxes within
    <div className="work-wide" ref={place} onKeyDown={onKeyDown}>
      <table className="work-table">
        <caption className="hidden-visually">{t('page.label')}</caption>
        <thead>
          <tr>
            {onPick ? (
              <th scope="col" className="work-box">
                <span className="hidden-visually">{t('col.choose')}</span>
              </th>
            ) : null}
            {HEADS.map((key) => (
              <th key={key} scope="col" className={`work-c-${key}`}>
                {t(`col.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ group, rows }) => (
          <tbody key={group}>
            <tr className="work-group">
              <th scope="colgroup" colSpan={HEADS.length + (onPick ? 1 : 0)}>
                <span>{head(group, rows)}</span>
              </th>
            </tr>
            {rows.map((row) => (
              <Row key={row.key} row={row} today={today} everyone={everyone} picked={picked.has(row.key)} onPick={onPick} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}
