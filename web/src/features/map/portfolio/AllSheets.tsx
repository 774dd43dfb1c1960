/** The map of all projects as A0 sheets. */
import { Button } from 'antd'
import { useMemo } from 'react'
import { useMe } from '../../../shared/api'
import { type Day, isoOf } from '../canvas/day'
import { paperInk } from '../canvas/ink'
import { Sheets, wideIn } from '../print/Sheets'
import { useWords as usePrintWords } from '../print/words'
import { grouped, type Grouping, lateSum, portfolioLines, type PortfolioRow, type Sort } from './portfolio'
import { allPages } from './printAll'
import { useWords } from './words'

interface AllSheetsProps {
  rows: readonly PortfolioRow[]
  today: Day
  group: Grouping
  sort: Sort
  groupWord: (by: Grouping, key: string) => string
  stageWord: (stage: string) => string
  onBack: () => void
}

const NONE: ReadonlySet<string> = new Set()

export function AllSheets({ rows, today, group, sort, groupWord, stageWord, onBack }: AllSheetsProps) {
  const { t, lang } = useWords()
  const { t: p } = usePrintWords()
  const me = useMe()
  const pages = useMemo(() => {
    const ink = paperInk()
    const heads = { name: t('col.name'), stage: t('col.stage'), light: t('col.light'), mover: t('col.mover'), late: `${t('col.late')} ${t('col.days')}` }
    return allPages({
      lines: portfolioLines(grouped(rows, group, sort, (key) => groupWord(group, key), t('all.none')), NONE),
      rows,
      today,
      ink,
      lang,
      wide: wideIn(ink['font-num']),
      words: {
        title: [me?.office.name, t('all.title')].filter(Boolean).join(' '),
        sum: t('all.sum', { n: rows.length, late: lateSum(rows) }),
        foot: [p('sheet.computed', { at: isoOf(today) }), me?.office.demo ? p('sheet.demo') : ''].filter(Boolean).join(' · '),
        page: (n, all) => p('sheet.page', { n, all }),
        today: t('all.todayAt', { day: isoOf(today).slice(5) }),
        heads,
        count: (n) => t('all.count', { n }),
        light: (l) => t(`light.${l}`),
        stage: stageWord,
        nameOf: (key) => t(`col.${key as 'start'}`),
      },
    })
  }, [rows, today, group, sort, groupWord, stageWord, lang, t, p, me])
  return (
    <Sheets pages={pages} paper="a0" name={t('all.title')}>
      <Button onClick={onBack}>{t('all.map')}</Button>
    </Sheets>
  )
}
