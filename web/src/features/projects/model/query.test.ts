import { describe, expect, it } from 'vitest'
import { clampWidth, moveColumn, readLayout, shownColumns, standardLayout, toggleColumn } from './columns'
import { filterText, nextSort, queryText, quickQuery, quickViewOf, readQuery, sortDirection, withFilter, writeQuery } from './query'

describe('the query in the URL', () => {
  it('comes back as written and leaves other parameters alone', () => {
    const text = 'stage=ready%2Cbuilding&q=%E4%BA%8C%E6%9C%9F&sort=-investment&group=division'
    const query = readQuery(new URLSearchParams(`${text}&open=7&as_of=2026-01-01&bogus=1`))
    expect(query.filters).toEqual({ stage: 'ready,building', q: '二期' })
    expect(queryText(query)).toBe(text)
    expect(filterText(query)).toBe('stage=ready%2Cbuilding&q=%E4%BA%8C%E6%9C%9F')
    expect(writeQuery(new URLSearchParams('open=7&q=x'), withFilter(query, 'q', null)).get('open')).toBe('7')
    expect(readQuery(new URLSearchParams('group=nonsense')).group).toBe(null)
  })
  it('sorts by three clicks', () => {
    expect(nextSort(null, 'name', false)).toBe('name')
    expect(nextSort('name', 'name', false)).toBe('-name')
    expect(nextSort('-name', 'name', false)).toBe(null)
    expect(nextSort('name', 'investment', true)).toBe('-investment')
    expect(sortDirection('-investment', 'investment')).toBe('descending')
  })
  it('knows its tab', () => {
    expect(quickViewOf(quickQuery('start_overdue', 5))).toBe('start_overdue')
    expect(quickQuery('changed', 5).filters.changed_since).toBe('5')
    expect(quickViewOf(readQuery(new URLSearchParams('due=ramp_overdue')))).toBe(null)
  })
})

describe('the layout', () => {
  it('survives bad storage', () => {
    expect(readLayout(null)).toEqual(standardLayout)
    expect(readLayout({ shown: ['gone', 'code'], widths: { code: 9999, x: 1 }, dense: 1 })).toEqual({
      shown: ['name', 'code'],
      widths: { code: 640 },
      dense: false,
    })
    expect(clampWidth(3)).toBe(48)
  })
  it('moves and hides columns but never the name', () => {
    const layout = readLayout({ shown: ['name', 'code', 'stage'] })
    expect(moveColumn(layout, 'stage', -1).shown).toEqual(['name', 'stage', 'code'])
    expect(moveColumn(layout, 'name', 1)).toBe(layout)
    expect(moveColumn(layout, 'code', -1)).toBe(layout)
    expect(toggleColumn(layout, 'name').shown).toEqual(['name', 'code', 'stage'])
    expect(toggleColumn(layout, 'code').shown).toEqual(['name', 'stage'])
    expect(shownColumns(layout).map((c) => c.key)).toEqual(['name', 'code', 'stage'])
  })
})
