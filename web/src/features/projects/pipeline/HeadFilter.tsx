/** One column's filter, in the head: text, many choices with their counts, or a range of money or dates. */
import { Button, Checkbox, Input, Popover } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useFacets } from '../api/queries'
import type { Column, Filter } from '../model/columns'
import { apiText, choices, type FilterKey, type Multi, type Query, withFilter } from '../model/query'
import type { Units } from '../../../shared/ui'
import { lastDay, readPeriod } from '../model/values'
import type { Show } from '../show'
import { useWords } from '../words'
import { inPage } from './inPage'
import { MISSING } from './useLines'

interface FilterProps {
  column: Column
  filter: Filter
  query: Query
  onQuery: (query: Query) => void
  show: Show
  asOf: string | null
}

export function HeadFilter(props: FilterProps) {
  switch (props.filter.kind) {
    case 'text':
      return <TextFilter {...props} name={props.filter.key} />
    case 'light':
      return <LightFilter {...props} />
    case 'multi':
      return <MultiFilter {...props} name={props.filter.key} />
    default:
      return <RangeFilter {...props} filter={props.filter} />
  }
}

const LIGHTS = ['red', 'red,amber', 'amber', 'green'] as const

function LightFilter({ column, query, onQuery }: FilterProps) {
  const { t } = useWords()
  const given = query.filters.light ?? ''
  return (
    <select
      className={`pj-filter${given ? ' pj-on' : ''}`}
      value={given}
      aria-label={t('filter.by', { column: t(`col.${column.key}`) })}
      onChange={(e) => onQuery(withFilter(query, 'light', e.target.value || null))}
    >
      <option value="">{t('filter.all')}</option>
      {LIGHTS.map((light) => (
        <option key={light} value={light}>
          {light.split(',').map((one) => t(`light.${one}`)).join('、')}
        </option>
      ))}
    </select>
  )
}

const PAUSE_MS = 250

function TextFilter({ column, query, onQuery, name }: FilterProps & { name: FilterKey }) {
  const { t } = useWords()
  const given = query.filters[name] ?? ''
  const [text, setText] = useState(given)
  // What the URL said last; a change that this box did not make (a tab, Back) replaces what was typed.
  const [seen, setSeen] = useState(given)
  const latest = useRef({ query, onQuery })
  useEffect(() => {
    latest.current = { query, onQuery }
  })
  if (given !== seen) {
    setSeen(given)
    setText(given)
  }
  useEffect(() => {
    if (text === given) return
    const timer = setTimeout(() => {
      setSeen(text.trim())
      latest.current.onQuery(withFilter(latest.current.query, name, text.trim() || null))
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, given, name])
  return (
    <input
      className={`pj-filter${given ? ' pj-on' : ''}`}
      value={text}
      type="search"
      placeholder={t(name === 'code' ? 'filter.digits' : 'filter.text')}
      aria-label={t('filter.by', { column: t(`col.${column.key}`) })}
      onChange={(e) => setText(e.target.value)}
      onKeyDown={(e) => {
        if (e.key === 'Escape' && text) {
          setText('')
          e.stopPropagation()
        }
      }}
    />
  )
}

function MultiFilter({ column, query, onQuery, show, asOf, name }: FilterProps & { name: Multi }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const chosen = choices(query, name)
  // Counts as they would be without this very filter: what else could be chosen.
  const others = apiText(withFilter(query, name, null))
  const facets = useFacets(others, open && name !== 'procedure' ? name : null, asOf)
  const counts = useMemo(() => new Map(facets.data?.[name]?.map((c) => [c.key ?? MISSING, c.rows])), [facets.data, name])
  const word = (key: string) => (key === MISSING ? t('filter.none') : show.registers.word(column.register ?? 'stages', key))
  const keys = listed(column, show, counts, chosen)
  const text = chosen.length === 0 ? t('filter.all') : chosen.length === 1 && chosen[0] ? word(chosen[0]) : t('filter.some', { count: chosen.length })
  const label = t('filter.by', { column: t(`col.${column.key}`) })
  const flip = (key: string) => {
    const next = chosen.includes(key) ? chosen.filter((k) => k !== key) : [...chosen, key]
    onQuery(withFilter(query, name, next.join(',') || null))
  }
  return (
    <Popover getPopupContainer={inPage}
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomLeft"
      arrow={false}
      content={
        <fieldset className="pj-choices">
          <legend className="pj-unseen">{label}</legend>
          {keys.map((key) => (
            <Checkbox key={key} checked={chosen.includes(key)} onChange={() => flip(key)}>
              <span>{word(key)}</span>
              <em>{counts.get(key) ?? (facets.data ? 0 : '')}</em>
            </Checkbox>
          ))}
          <div className="pj-choices-foot">
            <Button size="small" type="link" disabled={!chosen.length} onClick={() => onQuery(withFilter(query, name, null))}>
              {t('filter.clear')}
            </Button>
          </div>
        </fieldset>
      }
    >
      <button type="button" className={`pj-filter${chosen.length ? ' pj-on' : ''}`} aria-label={`${label}: ${text}`} aria-expanded={open}>
        {text}
      </button>
    </Popover>
  )
}

/** Registers short enough are listed whole; industries only where the list has some. */
function listed(column: Column, show: Show, counts: Map<string, number>, chosen: string[]): string[] {
  const all = show.registers.choices(column.register ?? 'stages').map((c) => c.key)
  const present = [...counts.keys(), ...chosen]
  if (column.key === 'industry') return [...new Set(present)].sort()
  const parents = column.key === 'division' ? all.filter((k) => counts.has(k) || chosen.includes(k)) : all
  return [...new Set([...parents, ...present])].sort((a, b) => Number(a === MISSING) - Number(b === MISSING) || rank(all, a) - rank(all, b))
}

const rank = (all: string[], key: string) => {
  const at = all.indexOf(key)
  return at < 0 ? all.length : at
}

function RangeFilter({ column, filter, query, onQuery, show }: FilterProps & { filter: Extract<Filter, { kind: 'money' | 'dates' }> }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const from = query.filters[filter.from] ?? ''
  const to = query.filters[filter.to] ?? ''
  const label = t('filter.by', { column: t(`col.${column.key}`) })
  const text = rangeText(filter.kind, from, to, show.units, t)
  const year = Number(show.today.slice(0, 4))
  const set = (key: FilterKey, typed: string, edge: 'from' | 'to') => {
    const value = readEdge(filter.kind, typed, edge, show.units, year)
    if (value !== undefined) onQuery(withFilter(query, key, value))
    return value !== undefined
  }
  return (
    <Popover getPopupContainer={inPage}
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomLeft"
      arrow={false}
      content={
        <div className="pj-range">
          <Edge label={t('filter.from')} kind={filter.kind} units={show.units} value={from} onSet={(v) => set(filter.from, v, 'from')} />
          <Edge label={t('filter.to')} kind={filter.kind} units={show.units} value={to} onSet={(v) => set(filter.to, v, 'to')} />
          <Button
            size="small"
            type="link"
            disabled={!from && !to}
            onClick={() => onQuery(withFilter(withFilter(query, filter.from, null), filter.to, null))}
          >
            {t('filter.clear')}
          </Button>
        </div>
      }
    >
      <button
        type="button"
        className={`pj-filter${from || to ? ' pj-on' : ''}${align(filter.kind)}`}
        aria-label={`${label}: ${text}`}
        aria-expanded={open}
      >
        {text}
      </button>
    </Popover>
  )
}

const align = (kind: 'money' | 'dates') => (kind === 'money' ? ' pj-num' : '')

function Edge({ label, kind, units, value, onSet }: { label: string; kind: 'money' | 'dates'; units: Units; value: string; onSet: (text: string) => boolean }) {
  const { t } = useWords()
  const written = kind === 'money' && value ? units.moneyExact(Number(value)) : value
  const [text, setText] = useState(written)
  const [wrong, setWrong] = useState(false)
  const [seen, setSeen] = useState(written)
  if (written !== seen) {
    setSeen(written)
    setText(written)
  }
  const keep = () => setWrong(text !== written && !onSet(text))
  return (
    <label>
      <span>{label}</span>
      <Input
        size="small"
        value={text}
        status={wrong ? 'error' : undefined}
        placeholder={t(kind === 'money' ? 'filter.moneyHint' : 'filter.dateHint')}
        onChange={(e) => setText(e.target.value)}
        onBlur={keep}
        onPressEnter={keep}
      />
    </label>
  )
}

/** An edge as the API takes it; `undefined` when it cannot be read. A month as an upper edge means its last day. */
function readEdge(kind: 'money' | 'dates', typed: string, edge: 'from' | 'to', units: Units, year: number): string | null | undefined {
  if (kind === 'money') {
    const money = units.readMoney(typed)
    return money.ok ? (money.value === null ? null : String(money.value)) : undefined
  }
  const period = readPeriod(typed, year)
  if (!period.ok) return undefined
  if (period.value === null) return null
  return edge === 'to' ? lastDay(period.value) : firstDay(period.value)
}

function firstDay(period: string): string {
  const year = period.slice(0, 4)
  const part = /^\d{4}-(?:(\d\d)x([123])|Q([1-4])|H([12])|(\d\d))$/.exec(period)
  if (!part) return period.length === 4 ? `${year}-01-01` : period
  if (part[2]) return `${year}-${part[1]}-${part[2] === '1' ? '01' : `${Number(part[2]) - 1}1`}`
  const month = part[3] ? Number(part[3]) * 3 - 2 : part[4] ? Number(part[4]) * 6 - 5 : Number(part[5])
  return `${year}-${String(month).padStart(2, '0')}-01`
}

function rangeText(kind: 'money' | 'dates', from: string, to: string, units: Units, t: (key: string) => string): string {
  const show = (v: string) => (kind === 'money' ? units.money(Number(v)) : v.slice(2))
  if (from && to) return `${show(from)}–${show(to)}`
  if (from) return `≥${show(from)}`
  if (to) return `≤${show(to)}`
  return t(kind === 'money' ? 'filter.money' : 'filter.dates')
}
