import { describe, expect, it } from 'vitest'
import { dayOf, isoOf } from './day'
import { fromPlan } from './fromPlan'
import { hitAt } from './hit'
import { placeTag } from './labels'
import { linesOf, scrollFor, windowOf } from './lines'
import { crossing, distanceTo, indexLinks, type Port, route } from './links'
import { rowsOf } from './model'
import { isOff, lastDay, merged, workingDay, workingDays } from './offDays'
import { samplePlan, weekends } from './sample'
import { dayAt, fitting, headOf, PIXELS, type Zoom, ZOOMS, xOf, zoomOf } from './scale'
import { editOf, moved, stretched } from './useEdits'

describe('days', () => {
  it('go there and back, across a leap day', () => {
    for (const day of ['1999-12-31', '2026-05-18', '2028-02-29', '2100-03-01']) expect(isoOf(dayOf(day))).toBe(day)
  })

  const off = weekends(dayOf('2026-05-01'), dayOf('2026-06-30'))
  it('step over days without work', () => {
    expect(isoOf(workingDay(off, dayOf('2026-05-15'), 1))).toBe('2026-05-18')
    expect(isoOf(workingDay(off, dayOf('2026-05-18'), -1))).toBe('2026-05-15')
    expect(isoOf(workingDay(off, dayOf('2026-05-16'), 0))).toBe('2026-05-18')
    expect(isoOf(lastDay(off, dayOf('2026-05-14'), 5))).toBe('2026-05-20')
    expect(workingDays(off, dayOf('2026-05-14'), dayOf('2026-05-20'))).toBe(5)
  })
  it('take weekends as off beyond the days that were told', () => {
    expect(isOff(off, dayOf('2027-01-02'))).toBe(true)
    expect(isOff([], dayOf('2027-01-04'))).toBe(false)
  })
  it('become one where spans touch', () => {
    expect(merged([{ from: 5, until: 6 }, { from: 1, until: 2 }, { from: 3, until: 4 }, { from: 9, until: 9 }])).toEqual([{ from: 1, until: 6 }, { from: 9, until: 9 }])
  })
})

describe('the scale', () => {
  it('finds the day under an x, for every zoom', () => {
    for (const zoom of ZOOMS) {
      const scale = { origin: dayOf('2026-01-05'), pixels: PIXELS[zoom] }
      for (const day of [0, 1, 400]) expect(dayAt(scale, xOf(scale, scale.origin + day) + PIXELS[zoom] / 2)).toBe(scale.origin + day)
      expect(zoomOf(PIXELS[zoom])).toBe(zoom)
    }
  })
  it('has blocks that touch and cover the view', () => {
    const [from, until] = [dayOf('2026-03-11'), dayOf('2028-09-02')]
    for (const zoom of ['day', 'week', 'month', 'quarter', 'year'] as Zoom[]) {
      const { major, minor } = headOf(zoom, from, until, 'zh')
      for (const ticks of [major, minor]) {
        expect(ticks[0]?.day).toBeLessThanOrEqual(from)
        expect(ticks.at(-1)?.end).toBeGreaterThan(until)
        ticks.slice(1).forEach((t, i) => expect(t.day).toBe(ticks[i]?.end))
      }
    }
  })
  it('names quarters and halves as each language does', () => {
    const day = dayOf('2026-05-18')
    expect(headOf('quarter', day, day, 'zh').minor[0]?.label).toBe('二季度')
    expect(headOf('quarter', day, day, 'en').minor[0]?.label).toBe('Q2')
    expect(headOf('year', day, day, 'en').minor[0]?.label).toBe('H1')
    expect(headOf('month', day, day, 'zh').major[0]?.label).toBe('2026 年')
  })
  it('fits a life into a width', () => expect(fitting(0, 99, 400)).toBe(4))
})

const port = (left: number, right: number, line: number): Port => ({ left, right, y: line * 20 + 10, half: 5 })
const legs = (p: number[]) => Array.from({ length: p.length / 2 - 1 }, (_, i) => p.slice(i * 2, i * 2 + 4) as [number, number, number, number])

describe('links', () => {
  it('are level or upright in each leg, whatever ends they join and wherever they lie', () => {
    for (const ends of ['FS', 'SS', 'FF', 'SF'] as const) {
      for (const to of [port(200, 240, 3), port(100, 140, 3), port(20, 60, 0), port(105, 105, 2)]) {
        for (const [x0, y0, x1, y1] of legs(route(port(50, 100, 1), to, ends, 20))) expect(x0 === x1 || y0 === y1, `${ends} ${x0},${y0} ${x1},${y1}`).toBe(true)
      }
    }
  })
  it('end at the side that they name', () => {
    const [from, to] = [port(50, 100, 1), port(200, 240, 3)]
    expect(route(from, to, 'SS', 20).slice(-2)).toEqual([200, 70])
    expect(route(from, to, 'FF', 20).slice(-2)).toEqual([240, 70])
    expect(route(from, to, 'FS', 20).slice(0, 2)).toEqual([100, 30])
    expect(route(from, to, 'SF', 20).slice(0, 2)).toEqual([50, 30])
  })
  it('drop straight into the next day', () => {
    const points = route(port(50, 100, 1), port(100, 140, 2), 'FS', 20)
    expect(points.at(-1)).toBe(45)
    expect(points.length).toBeLessThanOrEqual(6)
  })
  it('that cross what is in view are found, and only those', () => {
    const at = new Map(['a', 'b', 'c', 'd'].map((id, i) => [id, i * 10]))
    const link = (from: string, to: string) => ({ from, to, ends: 'FS' as const, lag: 0, driving: false })
    const index = indexLinks([link('a', 'd'), link('a', 'b'), link('c', 'd'), link('a', 'gone')], at)
    expect(index.links).toHaveLength(3)
    expect(crossing(index, 12, 18)).toEqual([0])
    expect(crossing(index, 0, 31)).toEqual([0, 1, 2])
  })
  it('are as far as their nearest leg', () => expect(distanceTo([0, 0, 10, 0, 10, 10], 12, 5)).toBe(2))
})

describe('rows', () => {
  const model = fromPlan(samplePlan(33), { lang: 'zh' })
  it('stand under their groups, and fold', () => {
    const all = linesOf(model, new Set())
    expect(all.lines).toHaveLength(33 + 5)
    expect(all.lines[0]).toMatchObject({ kind: 'group', group: { title: '一、前期手续' } })
    const folded = linesOf(model, new Set(['0']))
    expect(folded.lines.length).toBe(38 - (model.groups[0]?.rows.length ?? 0))
    expect(folded.at.has('S0')).toBe(false)
  })
  it('of ten thousand are cut to those in view', () => {
    expect(windowOf(26_000, 520, 26, 10_000)).toEqual({ first: 1000, end: 1020 })
    expect(windowOf(0, 520, 26, 5, 12)).toEqual({ first: 0, end: 5 })
    expect(scrollFor(10, 0, 100, 26)).toBe(186)
    expect(scrollFor(2, 0, 100, 26)).toBeNull()
  })
})

describe('words', () => {
  it('stand right of the marks, else left, else nowhere', () => {
    const view = { left: 0, right: 300 }
    expect(placeTag({ left: 10, right: 100 }, 50, view)).toEqual({ x: 106, align: 'left' })
    expect(placeTag({ left: 100, right: 290 }, 50, view)).toEqual({ x: 94, align: 'right' })
    expect(placeTag({ left: 10, right: 290 }, 50, view)).toBeNull()
  })
})

describe('the pointer', () => {
  const model = fromPlan(samplePlan(33), { lang: 'zh' })
  const lines = linesOf(model, new Set())
  const chart = { model, lines, links: indexLinks(model.links, lines.at), milestones: new Map(), path: new Set<string>(), scale: { origin: model.from, pixels: 3 }, rowHeight: 26, lang: 'zh' as const }
  const row = rowsOf(model).find((r) => !r.event && r.finish - r.start > 10)
  it('knows the parts of a bar', () => {
    if (!row) throw new Error('the sample has long bars')
    const y = (lines.at.get(row.id) ?? 0) * 26 + 13
    const end = xOf(chart.scale, row.finish + 1)
    const part = (x: number) => hitAt(chart, x, y)?.part
    expect([part(xOf(chart.scale, row.start) + 5), part(end - 2), part(end + 9), part(end + 60)]).toEqual(['bar', 'end', 'knob', 'row'])
    expect(hitAt(chart, 0, 5)).toBeNull()
    expect(hitAt(chart, 0, 1e9)).toBeNull()
  })
})

describe('an edit', () => {
  const model = fromPlan(samplePlan(33), { lang: 'zh' })
  const row = rowsOf(model).find((r) => r.can.move && r.days > 3)
  it('keeps the days of work when a bar is moved', () => {
    if (!row) throw new Error('the sample has work ahead')
    const change = moved(model, row, row.start + 9)
    expect(isOff(model.offDays, change.start)).toBe(false)
    expect(workingDays(model.offDays, change.start, change.finish)).toBe(workingDays(model.offDays, row.start, row.finish))
    expect(editOf(change)).toEqual({ kind: 'move', id: row.id, notBefore: isoOf(change.start) })
    expect(editOf(moved(model, row, row.start))).toBeNull()
  })
  it('counts working days when an end is drawn, and leaves one at least', () => {
    if (!row) throw new Error('the sample has work ahead')
    expect(stretched(model, row, workingDay(model.offDays, row.finish, 4)).days).toBe(row.days + 4)
    expect(stretched(model, row, row.start - 90).days).toBe(1)
    expect(editOf(stretched(model, row, row.finish))).toBeNull()
  })
})
