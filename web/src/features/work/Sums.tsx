/** What the queue comes to; each figure narrows the list to what it counts, and widens it again. */
import type { WorkPage } from '../../shared/api'
import { Figure } from '../../shared/ui'
import type { Asked, WorkGroup } from './api'
import { useWords } from './words'

interface Props {
  page: WorkPage
  asked: Asked
  who: string
  onAsk: (patch: Partial<Asked>) => void
}

export function Sums({ page: { sums }, asked, who, onAsk }: Props) {
  const { t } = useWords()
  const narrowTo = (groups: readonly WorkGroup[]) => {
    const wanted = groups.join(',')
    return { pressed: asked.group === wanted, onClick: () => onAsk({ group: asked.group === wanted ? null : wanted }) }
  }
  const figure = (value: number, unit: string, says: string, groups: readonly WorkGroup[], tone = '') => {
    const { pressed, onClick } = narrowTo(groups)
    return (
      <button type="button" className={`work-sum ${tone}`} aria-pressed={pressed} onClick={onClick}>
        <Figure value={value} unit={unit} size="middle" />
        <span>{says}</span>
      </button>
    )
  }
  const unit = t('sum.unit')
  return (
    <div className="work-sums">
      {figure(sums.in_hand, unit, t('sum.in_hand', { who, days: sums.longest }), ['overdue', 'soon', 'in_hand'])}
      {figure(sums.overdue, unit, sums.overdue ? t('sum.overdue', { days: sums.most_overdue }) : t('sum.overdueNone'), ['overdue'], sums.overdue ? 'work-late' : '')}
      {figure(sums.soon, unit, t('sum.soon', { days: asked.soon ?? 3 }), ['soon'])}
      <div className="work-sum">
        <Figure value={sums.starts} unit={t('sum.projects')} size="middle" />
        <span>{sums.starts ? t('sum.starts', { days: sums.start_days }) : t('sum.startsNone')}</span>
      </div>
      {figure(sums.ready, unit, t('sum.ready'), ['ready'])}
      {figure(sums.waiting, unit, t('sum.waiting'), ['waiting'])}
    </div>
  )
}
