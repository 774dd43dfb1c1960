import { describe, expect, it } from 'vitest'
import { fromPlan } from '../canvas/fromPlan'
import type { Ink } from '../canvas/ink'
import { samplePlan } from '../canvas/sample'
import { fill, textOf } from '../../../shared/words'
import { type Item, lanesOf } from './lanes'
import { networkPages } from './network'
import type { PrintSheet } from './sheet'
import { en, type T, zh } from './words'

const t: T = (key, values) => fill(textOf(zh, key), values)
const ink = new Proxy({}, { get: (_, name) => `var-${String(name)}` }) as Ink
const sheet: PrintSheet = {
  form: '挂图作战图', above: '示例清单', name: '示例电驱总成 <项目>', below: '总投资 10 亿元', light: { color: 'red', words: '红灯' }, duties: [{ role: '挂钩领导', who: '示例领导' }],
  problems: [], signatures: ['挂钩领导', '牵头部门'], by: '示例科员', version: 3, computed: '2026-05-18 08:00', feed: 4711,
}
const pages = (count: number, target: string | null = 'capacity') => networkPages({ model: fromPlan(samplePlan(count), { lang: 'zh' }), sheet, target, ink, lang: 'zh', t })

describe('the printed network', () => {
  it('is well formed, escaped, and as large as the paper', () => {
    const [page = ''] = pages(33)
    expect(page).toContain('width="420mm" height="297mm"')
    expect(page).toContain('&lt;项目&gt;')
    expect(page).not.toMatch(/NaN|undefined|Infinity/)
    for (const tag of ['svg', 'g', 'text', 'defs', 'clipPath', 'pattern']) expect(page.split(`<${tag} `).length + page.split(`<${tag}>`).length).toBe(page.split(`</${tag}>`).length + 1)
  })
  it('says of which moment it is', () => {
    const [page = ''] = pages(33)
    for (const words of ['第 3 版', '2026-05-18 08:00', '日志号 4711', '第 1 页，共 1 页']) expect(page).toContain(words)
  })
  it('has every node in its table, on as many pages as that takes', () => {
    expect(pages(33)).toHaveLength(1)
    const long = pages(300)
    expect(long).toHaveLength(3)
    for (let i = 0; i < 300; i++) expect(long.some((p) => p.includes(`>${String(i).padStart(2, '0')}<`)), `${i}`).toBe(true)
  })
  it('marks the driving path by edge and number as well as by colour', () => {
    const dark = (page: string) => page.split('fill="var-ink"/>').length
    expect(dark(pages(33)[0] ?? '')).toBeGreaterThan(dark(pages(33, null)[0] ?? ''))
  })
})

describe('lanes', () => {
  it('never lay one bar or its words over another', () => {
    const model = fromPlan(samplePlan(40), { lang: 'zh' })
    const items = model.groups.flatMap((g) => g.rows).map((row, number): Item => ({ row, number, words: row.name, wide: 60, marks: { left: row.start - model.from, right: row.finish - model.from + 1 } }))
    for (const lane of lanesOf(items, { left: -100, right: 2000 }, '')) {
      const boxes = lane.items.map((i) => ({ line: i.line, left: i.align === 'left' ? i.marks.left : i.x - i.wide, right: i.align === 'left' ? i.x + i.wide : i.marks.right }))
      boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => expect(a.line === b.line && a.left < b.right && a.right > b.left).toBe(false)))
    }
  })
})

it('has the same keys in both languages', () => {
  for (const [space, words] of Object.entries(zh)) expect(Object.keys(en[space as keyof typeof en])).toEqual(Object.keys(words))
})
