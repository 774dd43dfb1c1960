/** A project's permits: state, dates, the clock with its days, whose move it is, and what can be recorded next. */
import { Button, Dropdown } from 'antd'
import { afterKey } from '../acts/afterKey'
import { FORMALITY_ACTS, type FormalityActKey } from '../acts/formalityForms'
import type { ClockView, Formality } from '../api/types'
import { clockText } from '../model/clock'
import { longPeriod, shortDay, type Show } from '../show'
import { useWords } from '../words'
import { Head, type Part } from './Tables'

interface Permits extends Part<Formality> {
  onAct: (of: Formality, key: FormalityActKey) => void
}

export function Formalities({ view, show, readOnly, onAdd, onEdit, onAct }: Permits) {
  const { t } = useWords()
  const { project, row } = view
  const order = show.registers.choices('formalities').map((c) => c.key)
  const rows = [...project.formalities].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  // Most offices date what has happened only: no column for plans that nobody made.
  const planned = rows.some((f) => f.planned)
  const clocks = new Map(view.clocks.map((c) => [c.kind, c]))
  return (
    <section className="pj-part">
      <Head
        title={t('formality.title')}
        count={row.formalities_needed ? t('formality.count', { granted: row.formalities_granted, needed: row.formalities_needed }) : undefined}
        readOnly={readOnly}
        onAdd={onAdd}
        word={t('formality.add')}
      />
      {rows.length === 0 ? (
        <p className="pj-none">{t('formality.none')}</p>
      ) : (
        <div className="pj-scrollx">
          <table className="pj-table pj-permits">
            <thead>
              <tr>
                <th scope="col">{t('formality.kind')}</th>
                <th scope="col">{t('field.state')}</th>
                <th scope="col">{t('formality.clock')}</th>
                {planned && <th scope="col">{t('formality.date.planned')}</th>}
                <th scope="col">{t('formality.date.applied')}</th>
                <th scope="col">{t('formality.date.decided')}</th>
                <th scope="col">{t('formality.number')}</th>
                {!readOnly && (
                  <th scope="col">
                    <span className="pj-unseen">{t('formality.menu')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((f) => (
                <Permit key={f.kind} of={f} clock={clocks.get(f.kind)} planned={planned} show={show} readOnly={readOnly} onEdit={onEdit} onAct={onAct} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

type PermitProps = Pick<Permits, 'show' | 'readOnly' | 'onEdit' | 'onAct'> & { of: Formality; clock: ClockView | undefined; planned: boolean }

function Permit({ of, clock, planned, show, readOnly, onEdit, onAct }: PermitProps) {
  const { t } = useWords()
  const word = show.registers.word('formalities', of.kind)
  const standing = clock?.standing ?? of.state
  const expired = standing === 'expired'
  const day = (period: string | null) => (period && /^\d{4}-\d\d-\d\d$/.test(period) ? period : longPeriod(period, show.lang))
  return (
    <tr>
      <th scope="row">{word}</th>
      <td>
        <span className={`pj-f-${standing}`}>
          <i aria-hidden="true">{MARKS[standing]}</i> {t(`formality.${standing}`)}
        </span>
        {clock?.pause && <small>{t(`pause.${clock.pause}`)}</small>}
      </td>
      <td className="pj-clock">{clock && <ClockCell of={of} clock={clock} show={show} />}</td>
      {planned && <td data-label={t('formality.date.planned')}>{longPeriod(of.planned, show.lang)}</td>}
      <td data-label={t('formality.date.applied')}>{day(of.applied)}</td>
      <td data-label={t('formality.date.decided')}>
        {day(of.decided)}
        {of.valid_until && <small className={expired ? 'pj-amber' : undefined}>{`${t('formality.date.valid_until')} ${of.valid_until}`}</small>}
      </td>
      <td data-label={t('formality.number')} className="pj-permitno">{of.number}</td>
      {!readOnly && (
        <td className="pj-do">
          <PermitMenu of={of} word={word} acts={clock?.acts ?? []} onEdit={onEdit} onAct={onAct} />
        </td>
      )}
    </tr>
  )
}

/** Days run and left, red with its word when overdue; then whose move it is, since when. */
function ClockCell({ of, clock, show }: { of: Formality; clock: ClockView; show: Show }) {
  const { t } = useWords()
  const said = clockText(clock, t, (iso) => shortDay(iso, show.today))
  const promise = of.course?.commitment
  const who = clock.mover === 'department' ? (clock.dept ?? '') : t(`formality.mover.${clock.mover}`)
  const waits = clock.since !== null && who !== '' && clock.standing !== 'granted'
  return (
    <>
      {said.text && (
        <span className={said.late ? 'pj-overdue' : undefined} title={clock.provisional ? t('clock.provisional') : undefined}>
          {said.text}
        </span>
      )}
      {clock.standing === 'promised' && promise && (
        <small className={clock.promise_overdue > 0 ? 'pj-overdue' : undefined}>
          {clock.promise_overdue > 0
            ? t('formality.promiseLate', { days: clock.promise_overdue, missing: promise.missing })
            : t('formality.due', { day: shortDay(promise.due, show.today), missing: promise.missing })}
        </small>
      )}
      {waits && <small>{t('formality.since', { who, day: shortDay(clock.since, show.today) })}</small>}
      {of.course?.ended?.reason && <small>{of.course.ended.reason}</small>}
    </>
  )
}

interface MenuProps {
  of: Formality
  word: string
  acts: string[]
  onEdit: (of: Formality) => void
  onAct: (of: Formality, key: FormalityActKey) => void
}

function PermitMenu({ of, word, acts, onEdit, onAct }: MenuProps) {
  const { t } = useWords()
  const items = [
    ...FORMALITY_ACTS.filter((key) => acts.includes(key)).map((key) => ({ key, label: t(`formality.act.${key}`), onClick: afterKey(() => onAct(of, key)) })),
    ...(acts.length ? [{ type: 'divider' as const }] : []),
    { key: 'edit', label: t('formality.edit'), onClick: afterKey(() => onEdit(of)) },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight" autoFocus>
      <Button size="small" type="link" aria-haspopup="menu" aria-label={t('formality.menuOf', { name: word })}>
        {t('formality.menu')}
      </Button>
    </Dropdown>
  )
}

const MARKS: Record<ClockView['standing'] | Formality['state'], string> = {
  granted: '●',
  promised: '◕',
  running: '◐',
  undated: '◐',
  applied: '◐',
  paused: '‖',
  planned: '○',
  not_needed: '–',
  returned: '↩',
  refused: '×',
  lapsed: '▲',
  expired: '▲',
}
