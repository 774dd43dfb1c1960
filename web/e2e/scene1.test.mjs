// Scene 1: an office's own list becomes a live portfolio.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, startHouse } from './harness.mjs'
import { csv, gbk, xlsx } from './sheet.mjs'
import { commit, counts, findings, give, toPreview } from './wizard.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

const HEAD = ['序号', '项目名称', '项目代码', '统一社会信用代码', '建设地点', '总投资（万元）', '2026年计划投资（万元）', '计划开工', '计划竣工']

/** A list as offices send it: title, unit line, two heading rows, groups with subtotals, a note underneath. */
function messyList() {
  const rows = [
    ['示例市2026年重点建设项目计划表'],
    ['填报单位：示例科', '', '', '', '', '', '单位：亿元、万元'],
    ['序号', '项目名称', '项目代码', '建设地点', '投资', '', '工期', '', '责任单位'],
    ['', '', '', '', '总投资（亿元）', '2026年计划（万元）', '开工', '竣工', ''],
    ['', '合计（4个）', '', '', 22.1, 26500],
    ['', '一、新开工项目（2个）', '', '', 15.7, 14500],
    [1, '示例甲传动轴生产线', '2601-339981-04-01-418273', '东湖街道', 3.2, 8000, '2026.3', '2027年9月', '经信局'],
    [2, '示例乙储能电芯一期', '2511-339981-04-01-506914', '青石镇', 12.5, 6500, '2026年上半年', '2028年底', '经信局'],
    ['', '二、续建项目（2个）', '', '', 6.4, 12000],
    [3, '示例丙智能仓储', '2510-339981-04-01-227358', '新圩镇', '2.1', 5000, '2025-06', '2027.12', '交通局'],
    [4, '示例丁冷链物流园', '2509-339981-04-01-384620', '北港镇', '4.3亿元', '7000万元', '2025年10月', '2028.3', '商务局'],
    ['注：金额以备案为准。'],
  ]
  const merges = ['A1:I1', 'E3:F3', 'G3:H3', 'A3:A4', 'B3:B4', 'C3:C4', 'D3:D4', 'I3:I4']
  return xlsx([{ name: '汇总', rows, merges }])
}

test('a good list with messy headings is previewed, committed, and stands in the pipeline', async () => {
  const page = await house.signedIn('clerk')
  await give(page, '重点项目计划表（最终版2）.xlsx', messyList())
  await toPreview(page)
  assert.deepEqual(await counts(page), { rows: 4, adds: 4, changes: 0, unchanged: 0, blocked: 0 })
  assert.deepEqual((await findings(page)).filter((f) => f.blocks), [])
  await page.locator('[data-cell="E11"]').click()
  assert.match(await page.getByTestId('formula').textContent(), /4\.3亿元.*43,000/s, 'the formula bar says what was read')
  assert.match(await page.getByTestId('commit').textContent(), /4/)
  await commit(page)
  await page.getByRole('link', { name: '看这次变动的项目' }).click()
  await page.getByText('示例乙储能电芯一期').first().waitFor()
  const found = await api(page, `/projects?q=${encodeURIComponent('示例')}&limit=1000`)
  const wan = (name) => found.items.filter((row) => row.name === name).map((row) => row.investment / 1_000_000)
  assert.deepEqual(wan('示例甲传动轴生产线'), [32_000])
  assert.deepEqual(wan('示例乙储能电芯一期'), [125_000])
  assert.deepEqual(wan('示例丙智能仓储'), [21_000])
  assert.deepEqual(wan('示例丁冷链物流园'), [43_000])
  assert.deepEqual(page.complaints, [])
})

test('a bad list shows each problem at its cell, and blocked rows stay out', async () => {
  const page = await house.signedIn('clerk')
  const rows = [
    ['示例市重点项目（五月）'],
    HEAD,
    [1, '示例戊精密模具', '2512-339981-04-01-630147', '91350100M000100Y43', '西渡街道', 56000, 15000, '2026.5', '2027.8'],
    [2, '示例己水处理膜', '2601-339981-04-01-715062', '', '东胡镇', 18000, 5000, '2026年6月', '2027.6'],
    [3, '示例戊精密模具', '2512-339981-04-01-630147', '91350100M000100Y43', '西渡街道', 56000, 15000, '2026.5', '2027.8'],
    [4, '示例庚激光雷达', '2512-339981-04-01-902451', '91350100M000100Y4A', '南桥镇', 42000, 9000, '2026-04-18', '2027.10'],
    [5, '示例辛污水提标', '2411-339981-04-01-559207', '', '北港镇', '1-8月', 7200, '2026.3', '2026.10'],
  ]
  await give(page, '五月清单.csv', gbk(csv(rows)))
  await toPreview(page)
  const found = await findings(page)
  const at = (cell) => found.find((f) => f.cell === cell)
  assert.equal(at('E4')?.blocks, true, `an unknown town blocks: ${JSON.stringify(found)}`)
  assert.equal(at('B5')?.blocks, true, 'a row that repeats another is blocked at its name')
  assert.equal(at('D6')?.blocks, false, 'a wrong check character only warns')
  assert.match(at('D6').code, /check/)
  assert.ok(at('F7'), 'a month in an amount is found')
  const said = await counts(page)
  assert.equal(said.rows, 5)
  const blockedRows = new Set(found.filter((f) => f.blocks).map((f) => f.cell.replace(/\D/g, '')))
  assert.equal(said.blocked, blockedRows.size)

  // What blocks or warns is outlined at its cell, and N walks through it.
  const marked = found.filter((f) => !f.note)
  for (const { cell } of marked) await page.locator(`[data-cell="${cell}"].imp-warns, [data-cell="${cell}"].imp-stops`).waitFor()
  await page.locator('.imp-problem').first().click()
  const first = found[0].cell
  await page.waitForFunction((cell) => document.querySelector('[data-testid=formula] b')?.textContent === cell, first)
  await page.keyboard.press('n')
  await page.waitForFunction(([from, cells]) => {
    const at = document.querySelector('[data-testid=formula] b')?.textContent
    return at !== from && cells.includes(at)
  }, [first, marked.map((f) => f.cell)])

  const sheet = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载问题表' }).click()
  assert.match((await sheet).suggestedFilename(), /\.xlsx$/)

  await commit(page)
  const all = await api(page, `/projects?q=${encodeURIComponent('示例')}&limit=1000`)
  const named = (name) => all.items.filter((row) => row.name === name)
  assert.equal(named('示例戊精密模具').length, 1, 'the repeated row is in once')
  assert.equal(named('示例己水处理膜').length, 0, 'the row with the unknown town stays out')
  assert.equal(named('示例庚激光雷达').length, 1, 'a warning keeps no row out')
})

test('an import left half way is taken up in another session, or thrown away', async () => {
  const bytes = Buffer.from(csv([HEAD, [1, '示例壬光学膜', '2502-339981-04-01-347719', '', '新圩镇', 26000, 8800, '2025.8', '2027.2']]))
  const first = await house.signedIn('clerk')
  await give(first, '留到明天.csv', bytes)
  await give(first, '不要了.csv', bytes)
  await first.context().close()

  const second = await house.signedIn('clerk')
  await second.goto('/imports')
  await second.getByRole('button', { name: '放弃 不要了.csv' }).click()
  await second.getByRole('button', { name: '放弃导入' }).click()
  await second.getByRole('heading', { name: '不要了.csv' }).waitFor({ state: 'detached' })
  await second.getByRole('button', { name: '接着做 留到明天.csv' }).click()
  await toPreview(second)
  assert.equal((await counts(second)).adds, 1)
  await second.keyboard.press('Control+Enter')
  await second.locator('.imp-result h2').waitFor()
  await second.getByRole('button', { name: '整批撤回' }).click()
  await second.getByRole('button', { name: '撤回', exact: true }).click()
  await second.getByRole('heading', { name: '已整批撤回' }).waitFor()
  const found = await api(second, `/projects?q=${encodeURIComponent('示例壬光学膜')}`)
  assert.deepEqual(found.items, [], 'undone as a whole')
})

test('the same file again changes nothing', async () => {
  const page = await house.signedIn('clerk')
  const bytes = Buffer.from(csv([HEAD, ...['癸', '子', '丑', '寅', '卯', '辰', '巳', '午'].map((sign, i) => [i + 1, `示例${sign}厂房`, `2503-339981-04-01-66038${i}`, '', '青石镇', 39000 + i, 11000, '2025.10', '2027.6'])]))
  await give(page, '同一份.csv', bytes)
  await toPreview(page)
  assert.equal((await counts(page)).adds, 8)
  await commit(page)
  const before = (await api(page, '/session')).feed
  await give(page, '同一份.csv', bytes)
  await toPreview(page)
  assert.deepEqual(await counts(page), { rows: 8, adds: 0, changes: 0, unchanged: 8, blocked: 0 })
  assert.match(await page.getByTestId('what-happens').textContent(), /全部不变/)
  assert.equal(await page.getByTestId('commit').isDisabled(), true)
  const fold = page.locator('.imp-fold button')
  await fold.click()
  await page.getByText('示例午厂房').first().waitFor()
  assert.equal((await api(page, '/session')).feed, before)
})

test('strange headings are settled by hand, and the next sheet like it is read the same way', async () => {
  const page = await house.signedIn('clerk')
  const sheet = (name) => Buffer.from(csv([['甲栏', '乙栏', '属地'], [name, 12.5, '青石镇'], [`${name}二`, 3, '青石镇']]))
  await give(page, '怪表头.csv', sheet('示例怪头厂'))
  const choose = async (column, what, option) => {
    await page.getByRole('combobox', { name: `${column} ${what}` }).click()
    await page.keyboard.type(option)
    await page.keyboard.press('Enter')
  }
  await page.getByText('还没有一列对应“项目名称”').waitFor()
  assert.equal(await page.getByTestId('to-preview').isDisabled(), true)
  await choose('A', '导入为', '项目名称')
  await choose('B', '导入为', '总投资')
  await page.getByRole('combobox', { name: 'B 单位' }).click()
  await page.locator('.ant-select-item-option', { hasText: '亿元' }).click()
  await toPreview(page)
  assert.equal((await counts(page)).adds, 2)
  await page.locator('[data-cell="B2"]').click()
  await page.getByTestId('formula').getByText(/125,000 万元/).waitFor()
  await commit(page)

  await give(page, '又一份.csv', sheet('示例又怪厂'))
  await page.getByTestId('identity').waitFor()
  assert.match(await page.locator('.imp-about').textContent(), /沿用上次/)
  await page.locator('[data-cell="B3"]').click()
  await page.getByTestId('formula').getByText(/30,000 万元/).waitFor()
})

test('what is no table is refused with a remedy, and nothing is written', async () => {
  const page = await house.signedIn('clerk')
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  for (const [name, bytes] of [
    ['截图.xlsx', png],
    ['坏文件.xlsx', messyList().subarray(0, 700)],
    ['空的.csv', Buffer.alloc(0)],
  ]) {
    await give(page, name, bytes)
    const refusal = page.getByRole('alert')
    await refusal.waitFor()
    assert.match(await refusal.textContent(), /项目库没有任何改动/)
    assert.ok(await refusal.getAttribute('data-code'), `${name}: the refusal has a code`)
  }
})
