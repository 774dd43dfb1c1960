/** The dated rows of a project: people, lists, names and owners it had. Permits have a file of their own. */
import { Button } from 'antd'
import type { Membership, ProjectView, Responsibility } from '../api/types'
import type { Show } from '../show'
import { useWords } from '../words'

export interface Part<R> {
  view: ProjectView
  show: Show
  readOnly: boolean
  onAdd: () => void
  onEdit: (row: R) => void
}

export function Head({ title, count, readOnly, onAdd, word }: { title: string; count?: string; readOnly: boolean; onAdd: () => void; word: string }) {
  return (
    <h2>
      {title}
      {count && <small>{count}</small>}
      {!readOnly && (
        <Button size="small" type="link" onClick={onAdd}>
          {word}
        </Button>
      )}
    </h2>
  )
}

export function People({ view, show, readOnly, onAdd, onEdit }: Part<Responsibility>) {
  const { t } = useWords()
  const { project, names } = view
  const order = show.registers.choices('roles').map((c) => c.key)
  const rows = [...project.responsibilities].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || (b.from ?? '').localeCompare(a.from ?? ''))
  const current = rows.filter((r) => r.to === null || r.to >= show.today)
  const past = rows.filter((r) => !current.includes(r))
  const who = (r: Responsibility) =>
    [r.org && names.orgs[r.org], r.person && names.people[r.person]].filter(Boolean).join(' ') || '—'
  const line = (r: Responsibility) => (
    <tr key={`${r.role}-${r.org}-${r.person}-${r.from}`} className={past.includes(r) ? 'pj-former' : undefined}>
      <th scope="row">{show.registers.word('roles', r.role)}</th>
      <td>{who(r)}</td>
      <td>{r.to ? `${r.from ?? t('duty.before')}–${r.to}` : r.from ? t('duty.since', { day: r.from }) : t('duty.now')}</td>
      {!readOnly && (
        <td className="pj-do">
          {!past.includes(r) && (
            <Button size="small" type="link" aria-label={t('duty.handOverOf', { name: show.registers.word('roles', r.role) })} onClick={() => onEdit(r)}>
              {t('duty.handOver')}
            </Button>
          )}
        </td>
      )}
    </tr>
  )
  return (
    <section className="pj-part">
      <Head title={t('duty.title')} readOnly={readOnly} onAdd={onAdd} word={t('duty.add')} />
      {rows.length === 0 ? (
        <p className="pj-none">{t('duty.none')}</p>
      ) : (
        <table className="pj-table">
          <thead className="pj-unseen">
            <tr>
              <th scope="col">{t('duty.role')}</th>
              <th scope="col">{t('duty.who')}</th>
              <th scope="col">{t('duty.time')}</th>
              {!readOnly && <th scope="col">{t('act.edit')}</th>}
            </tr>
          </thead>
          <tbody>
            {current.map(line)}
            {past.map(line)}
          </tbody>
        </table>
      )}
    </section>
  )
}

export function Memberships({ view, show, readOnly, onAdd, onEdit }: Part<Membership>) {
  const { t } = useWords()
  const rows = [...view.project.memberships].sort((a, b) => b.list.year - a.list.year)
  return (
    <section className="pj-part">
      <Head title={t('list.title')} count={t('list.unit')} readOnly={readOnly} onAdd={onAdd} word={t('list.add')} />
      {rows.length === 0 ? (
        <p className="pj-none">{t('list.none')}</p>
      ) : (
        <table className="pj-table">
          <thead className="pj-unseen">
            <tr>
              <th scope="col">{t('list.kind')}</th>
              <th scope="col">{t('field.state')}</th>
              <th scope="col">{t('list.plan')}</th>
              {!readOnly && <th scope="col">{t('act.edit')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((m) => {
              const name = `${show.registers.word('lists', m.list.kind)} ${m.list.year}`
              const on = m[m.state]
              return (
                <tr key={`${m.list.kind}-${m.list.year}`} className={m.state === 'removed' ? 'pj-former' : undefined}>
                  <th scope="row">
                    {name}
                    {m.group && <small>{m.group}</small>}
                  </th>
                  <td>
                    {t(`membership.${m.state}`)} {on}
                    {m.basis && <small>{m.basis}</small>}
                  </td>
                  <td className="pj-num">{m.plan === null ? <span className="pj-none">{t('list.noPlan')}</span> : show.units.money(m.plan)}</td>
                  {!readOnly && (
                    <td className="pj-do">
                      <Button size="small" type="link" aria-label={t('act.editOf', { name })} onClick={() => onEdit(m)}>
                        {t('act.edit')}
                      </Button>
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </section>
  )
}
