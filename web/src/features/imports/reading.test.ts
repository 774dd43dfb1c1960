import { describe, expect, it } from 'vitest'
import { choiceOf, faultsOf, pickHeader, type MappingDraft } from './mapping'
import { neighbour, numbered } from './findingOrder'
import { tabsToCsv, pastedFile } from './pasted'
import { unitsOf } from '../../shared/ui'
import { inBoth, sayValue, type Register } from './readAs'
import type { ImportProblem } from './types'
import { words } from './words'

const zh = words.zh
const register: Register = { label: (f) => f, named: (field, key) => (field === 'division' && key === '339981001' ? '东湖街道' : null), units: unitsOf(undefined, 'zh') }

describe('what was read', () => {
  it('says money in both units once it is an 亿', () => {
    expect(inBoth(86_000_000_000, register.units, 'zh')).toBe('86,000 万元，即 8.60 亿元')
    expect(inBoth(950_000_000, register.units, 'zh')).toBe('950 万元')
    expect(inBoth(1, register.units, 'zh')).toBe('0 万元')
  })
  it('says periods by their precision and leaves other texts alone', () => {
    const say = (value: unknown) => sayValue('start_planned', value, register, zh, 'zh')
    expect(['2026', '2026-H1', '2026-03', '2026-03x3', '2026-03-15', '不是日期'].map(say)).toEqual(['2026年', '2026年上半年', '2026年3月', '2026年3月下旬', '2026年3月15日', '不是日期'])
  })
  it('names what a register knows', () => {
    expect(sayValue('division', '339981001', register, zh, 'zh')).toBe('东湖街道')
    expect(sayValue('land_total', 2_000_000, register, zh, 'zh')).toBe('3,000 亩')
    expect(sayValue('remark', null, register, zh, 'zh')).toBe('—')
  })
})

describe('a pasted block', () => {
  it('becomes CSV, with line breaks and commas inside cells kept', () => {
    expect(tabsToCsv('名称\t备注\r\n东湖,一期\t"两行\n""引号"""\r\n')).toBe('名称,备注\r\n"东湖,一期","两行\n""引号"""\r\n')
    expect(tabsToCsv('a\t\nb\tc')).toBe('a,\r\nb,c\r\n')
  })
  it('is no table without a tab', () => {
    expect(pastedFile('一句话', 'x.csv')).toBeNull()
  })
})

describe('the mapping', () => {
  const draft: MappingDraft = {
    sheet: 0,
    header: [3, 4],
    columns: [
      { index: 0, field: 'seq', unit: null, letter: 'A' },
      { index: 1, field: 'code', unit: null, letter: 'B' },
      { index: 2, field: 'code', unit: null, letter: 'C' },
    ],
    list: null,
    year: 2026,
    stageDefault: null,
    touched: false,
  }
  it('names every fault', () => {
    expect(faultsOf(draft, (f) => f, zh)).toEqual([zh.twice('code', 'B、C'), zh.noName])
  })
  it('says when the sheet is no list', () => {
    expect(choiceOf(draft).no_list).toBe(true)
  })
  it('picks heading rows by clicking', () => {
    expect(pickHeader([3, 4], 2)).toEqual([2, 4])
    expect(pickHeader([3, 4], 5)).toEqual([3, 5])
    expect(pickHeader([3, 4], 4)).toEqual([3, 3])
    expect(pickHeader([3, 4], 9)).toEqual([9, 9])
    expect(pickHeader([3, 3], 3)).toEqual([3, 3])
  })
})

describe('findings', () => {
  const at = (cell: string): ImportProblem => ({ sheet: '', cell, severity: 'warn', code: 'x', title: cell, remedy: '' })
  const all = numbered([at('B61'), at('D10'), at('AA10'), at('E11')])
  it('are numbered with what blocks first, else in reading order', () => {
    expect(all.map((p) => p.cell)).toEqual(['D10', 'AA10', 'E11', 'B61'])
    expect(numbered([at('A1'), { ...at('Z9'), severity: 'block' }]).map((p) => `${p.number}${p.cell}`)).toEqual(['1Z9', '2A1'])
  })
  it('go round with N and P', () => {
    expect(neighbour(all, { row: 10, column: 3 }, 1)?.cell).toBe('AA10')
    expect(neighbour(all, { row: 61, column: 1 }, 1)?.cell).toBe('D10')
    expect(neighbour(all, { row: 10, column: 3 }, -1)?.cell).toBe('B61')
    expect(neighbour([], { row: 1, column: 0 }, 1)).toBeUndefined()
  })
})

it('has both languages for the same sentences', () => {
  const shape = (book: object): unknown => Object.fromEntries(Object.entries(book).map(([k, v]) => [k, typeof v === 'object' ? shape(v as object) : typeof v]))
  expect(shape(words.en)).toEqual(shape(words.zh))
})
