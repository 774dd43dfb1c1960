import { describe, expect, it } from 'vitest'
import { parseBlock, tile, writeBlock } from './clipboard'

describe('reading a block', () => {
  it('reads what Excel copies', () => expect(parseBlock('a\tb\r\n1\t2\r\n')).toEqual([['a', 'b'], ['1', '2']]))
  it('reads quoted cells with tabs, lines and quotes', () =>
    expect(parseBlock('"一期\n二期"\t"甲""乙"""\n"c\td"\te')).toEqual([['一期\n二期', '甲"乙"'], ['c\td', 'e']]))
  it('leaves a quote that is only a character', () => expect(parseBlock('"好"项目\t5"')).toEqual([['"好"项目', '5"']]))
  it('fills ragged rows and keeps empty cells', () => expect(parseBlock('a\t\tb\nc')).toEqual([['a', '', 'b'], ['c', '', '']]))
  it('keeps an empty row in the middle', () => expect(parseBlock('a\n\nb')).toEqual([['a'], [''], ['b']]))
  it('reads one cell and nothing', () => {
    expect(parseBlock('1,200')).toEqual([['1,200']])
    expect(parseBlock('')).toEqual([])
  })
})

describe('writing a block', () => {
  it('comes back as it was', () => {
    const block = [['甲\t乙', '1,200'], ['"x"', '-3.5'], ['', '两\n行']]
    expect(parseBlock(writeBlock(block))).toEqual(block)
  })
  it('never gives a spreadsheet a formula', () => {
    expect(writeBlock([['=1+1', '+86', '@a', '-x', '-5', '-']])).toBe("'=1+1\t'+86\t'@a\t'-x\t-5\t-")
  })
})

describe('filling a selection', () => {
  it('repeats into whole multiples only', () => {
    expect(tile([['x']], 2, 2)).toEqual([['x', 'x'], ['x', 'x']])
    expect(tile([['a'], ['b']], 4, 1)).toEqual([['a'], ['b'], ['a'], ['b']])
    expect(tile([['a'], ['b']], 3, 1)).toEqual([['a'], ['b']])
  })
})
