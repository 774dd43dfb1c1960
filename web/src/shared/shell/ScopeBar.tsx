/** What applies to everything below: place, year, as-of day, list. It lives in the URL. */
import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useMe, usePack } from '../api'
import { useScope, weekday } from '../ui'
import { useWords } from '../words'

export type ScopePart = 'division' | 'year' | 'as_of' | 'list'

/** An office looks back over two years and plans two ahead. */
const YEARS_BACK = 2
const YEARS_AHEAD = 2

export function ScopeBar({ parts }: { parts: readonly ScopePart[] }) {
  const { t, lang } = useWords()
  const me = useMe()
  const pack = usePack()
  const { scope, setScope } = useScope()
  const today = me?.today ?? ''
  const year = scope.year ?? Number((scope.as_of ?? today).slice(0, 4))
  const thisYear = Number(today.slice(0, 4))
  const divisions = pack?.divisions.filter((d) => !me || me.scope.whole || !me.scope.divisions.length || me.scope.divisions.some((own) => d.code.startsWith(own.replace(/0+$/, '')))) ?? []
  const years = Array.from({ length: YEARS_BACK + YEARS_AHEAD + 1 }, (_, i) => thisYear - YEARS_BACK + i)
  const whole = me?.scope.whole === false ? t('shell.myScope') : t('shell.wholeOffice')
  return (
    <div className="scope-bar" role="group" aria-label={t('shell.scope')}>
      {parts.includes('division') ? (
        <label>
          <span>{t('shell.scope')}</span>
          <Select
            variant="borderless"
            size="small"
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('shell.scope')}
            value={scope.division ?? ''}
            onChange={(value) => setScope({ division: value || null })}
            options={[{ value: '', label: whole }, ...divisions.filter((d) => d.kind !== 'county').map((d) => ({ value: d.code, label: d[lang] }))]}
          />
        </label>
      ) : null}
      {parts.includes('year') ? (
        <label>
          <span>{t('shell.year')}</span>
          <Select
            variant="borderless"
            size="small"
            popupMatchSelectWidth={false}
            aria-label={t('shell.year')}
            value={year}
            onChange={(value) => setScope({ year: value === thisYear ? null : value })}
            options={[...new Set([...years, year])].sort().map((y) => ({ value: y, label: String(y) }))}
          />
        </label>
      ) : null}
      {parts.includes('as_of') ? (
        <label>
          <span>{t('shell.asOf')}</span>
          <DatePicker
            variant="borderless"
            size="small"
            aria-label={t('shell.asOf')}
            suffixIcon={null}
            value={scope.as_of ? dayjs(scope.as_of) : null}
            placeholder={today ? `${t('shell.asOfToday')} ${today.slice(5)} ${weekday(today, lang)}` : ''}
            disabledDate={(day) => day.format('YYYY-MM-DD') > today}
            onChange={(day) => {
              const chosen = day?.format('YYYY-MM-DD') ?? null
              setScope({ as_of: chosen === today ? null : chosen })
            }}
          />
        </label>
      ) : null}
      {parts.includes('list') && pack?.lists.length ? (
        <label>
          <span>{t('shell.list')}</span>
          <Select
            variant="borderless"
            size="small"
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('shell.list')}
            value={scope.list ?? ''}
            onChange={(value) => setScope({ list: value || null })}
            options={[
              { value: '', label: t('shell.allLists') },
              ...[year, year - 1].flatMap((y) => pack.lists.map((l) => ({ value: `${l.key}:${y}`, label: `${l[lang]} ${y}` }))),
            ]}
          />
        </label>
      ) : null}
    </div>
  )
}
