/** A permit's clock, all on one scale of days: ran solid, stood still hatched, over the limit red, the bracket up to the limit. */
import type { WorkItem } from './api'
import { clockBar } from './model'
import { useSaid } from './useSaid'
import { useWords } from './words'

/** Days that the bar has room for; beyond them it ends in a break. */
const DAYS = 60
const WIDTH = 144
const scale = (days: number) => (Math.min(days, DAYS) / DAYS) * WIDTH

export function Bar({ row, today }: { row: WorkItem; today: string }) {
  const { t } = useWords()
  const said = useSaid(today)
  const bar = clockBar(row, today)
  if (!bar) return null
  const { limit, promised } = bar
  const text = t('row.limitText', { begun: row.begun ?? '', run: row.run ?? 0, limit: said.used(row).split('/')[1] ?? t('row.noLimit') })
  return (
    <svg className="work-clock" viewBox={`0 0 ${WIDTH} 18`} width={WIDTH} height="18" role="img" aria-label={text}>
      <title>{text}</title>
      <defs>
        <pattern id="work-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0v4" className="work-hatch" />
        </pattern>
      </defs>
      {limit === null ? null : <path className="work-bracket" d={`M.5 6V2.5H${scale(limit)}V15`} />}
      {limit !== null && limit > bar.now ? <path className="work-left" d={`M${scale(bar.now)} 10.5H${scale(limit)}`} /> : null}
      {bar.stretches.map((s) => (
        <rect key={`${s.from}-${s.kind}`} className={`work-${s.kind}`} x={scale(s.from)} y="6.5" width={Math.max(scale(s.to) - scale(s.from), 1)} height="8" />
      ))}
      {promised === null ? null : <path className="work-promise" d={`M${scale(promised)} 4.5V16.5`} />}
      {bar.now > DAYS ? <path className="work-break" d={`M${WIDTH - 8} 17l4-13M${WIDTH - 4} 17l4-13`} /> : null}
    </svg>
  )
}
