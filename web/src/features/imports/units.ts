// The units that a column of figures may be in, by the words that headings use.
import { isArea, isMoney, type Lang } from './readAs'

const AREA_UNITS = ['亩', '公顷', '平方米', '平方公里']

type UnitWords = { units?: readonly { zh: string; en: string }[] }

/** None for a field that has no unit. */
export function unitsOf(field: string | null, pack: UnitWords | undefined, lang: Lang): readonly string[] {
  if (isMoney(field)) return (pack?.units ?? []).map((u) => u[lang])
  return isArea(field) ? AREA_UNITS : []
}
