// Patterns edited in the browser: found wrong at once, put in force, overtaken, from a file, by keyboard, on a phone, in English.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { api, startHouse } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

/** The editor of a pattern in force, judged once. */
async function editing(name, options) {
  const page = await house.signedIn('system_admin', options)
  await page.goto('/admin?tab=patterns')
  await page.getByRole('button', { name: new RegExp(`^(打开|Open) ${name}$`) }).click()
  await page.locator('.pat-status .light').waitFor()
  return page
}

const cell = (page, label) => page.getByRole('textbox', { name: label, exact: true })
const days = (page, id) => page.getByRole('spinbutton', { name: new RegExp(`^${id} (工作日|Days)$`) })
const status = (page, text) => page.locator('.pat-status', { hasText: text }).waitFor()

test('what is wrong is told at its row while one types, a loop by its members', async () => {
  const page = await editing('标准地新建工厂')
  await status(page, '检查通过')
  await cell(page, 'A03 前置').fill('A05')
  await page.locator('.pat-findings').getByText('A03 → A05 → A03').or(page.locator('.pat-findings', { hasText: '成环' })).first().waitFor()
  await cell(page, 'A03 前置').fill('ZZ')
  await page.locator('.pat-findings', { hasText: 'ZZ' }).waitFor()
  assert.equal(await cell(page, 'A03 前置').getAttribute('aria-invalid'), 'true')
  assert.ok(await page.getByRole('button', { name: /^实施（?.*还有/ }).isDisabled())
  await page.getByRole('button', { name: '撤销' }).click()
  await page.getByRole('button', { name: '撤销' }).click()
  assert.deepEqual(page.complaints, [])
})

test('a longer step moves its milestone, and is put in force under a number', async () => {
  const page = await editing('标准地新建工厂')
  await page.locator('.pat-milestones').waitFor()
  const before = await page.locator('.pat-milestones li').first().innerText()
  const { hash } = await api(page, '/patterns')
  await days(page, 'A04').fill('60')
  await page.locator('.pat-diff', { hasText: '60' }).waitFor()
  await page.waitForFunction((was) => document.querySelector('.pat-milestones li')?.innerText !== was, before)
  await page.getByRole('button', { name: '实施…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^实\s?施$/ }).click()
  await dialog.getByText('必填').waitFor()
  await dialog.getByLabel('依据文号').fill('示例发改〔2026〕3号')
  await dialog.getByRole('button', { name: /^实\s?施$/ }).click()
  await dialog.waitFor({ state: 'detached' })
  const now = await api(page, '/patterns')
  assert.notEqual(now.hash, hash)
  assert.match(now.version, /\+1$/)
  assert.equal((await api(page, '/patterns/MFG')).draft.activities.find((a) => a.id === 'A04').days, 60)
})

test('whoever was overtaken is told by whom and where, and loses nothing', async () => {
  const page = await editing('干线公路')
  await days(page, 'C01').fill('61')
  await status(page, '检查通过')
  const sheet = await api(page, '/patterns/SCH')
  sheet.draft.activities[1].days += 1
  const changed = sheet.draft.activities[1].id
  const { today } = await api(page, '/session')
  await api(page, '/patterns/in-force', { method: 'POST', body: { based_on: sheet.hash, was: 'SCH', draft: sheet.draft, number: '示例1号', on: today } })
  await page.getByRole('button', { name: '实施…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('依据文号').fill('示例2号')
  await dialog.getByRole('button', { name: /^实\s?施$/ }).click()
  await dialog.getByRole('alert').waitFor()
  assert.match(await dialog.getByRole('alert').innerText(), new RegExp(`SCH ${changed}`))
  assert.equal((await api(page, '/patterns/HWY')).draft.activities[0].days, 60)
  await dialog.getByRole('button', { name: '对照新版本继续' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '实施…' }).click()
  const again = page.getByRole('dialog')
  await again.getByLabel('依据文号').fill('示例2号')
  await again.getByRole('button', { name: /^实\s?施$/ }).click()
  await again.waitFor({ state: 'detached' })
  assert.equal((await api(page, '/patterns/HWY')).draft.activities[0].days, 61)
  assert.equal((await api(page, '/patterns/SCH')).draft.activities[1].days, sheet.draft.activities[1].days)
})

test('a file is read with its findings by line, and taken again', async () => {
  const page = await house.signedIn('system_admin')
  await page.goto('/admin?tab=patterns')
  await page.locator('button', { hasText: '上传文件' }).waitFor()
  const give = (text) => page.locator('input[type=file]').setInputFiles({ name: 'x.toml', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await give('key = "NEW"\nwords = {\n')
  await page.locator('.pat-trouble', { hasText: /第 [23] 行/ }).waitFor()
  const plain = await page.evaluate(async () => (await fetch('/api/v1/patterns/REN/file')).text())
  await give(plain.replace(/key = "REN"/, 'key = "REN9"'))
  await page.getByText('已读入 x.toml').waitFor()
  await status(page, '检查通过')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载 TOML' }).click()
  const text = readFileSync(await (await download).path(), 'utf8')
  assert.match(text, /key = "REN9"/)
})

test('the keyboard alone moves a row and opens all of it; a condition is built from facts', async () => {
  const page = await editing('标准地新建工厂')
  const order = () => page.locator('.pat-table tbody tr th input').evaluateAll((all) => all.slice(0, 4).map((i) => i.value))
  const before = await order()
  await page.locator('.pat-table tbody tr').nth(1).locator('th input').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await page.waitForFunction((id) => document.querySelectorAll('.pat-table tbody tr th input')[2].value === id, before[1])
  assert.deepEqual(await order(), [before[0], before[2], before[1], before[3]])
  await page.getByRole('button', { name: `${before[1]} 的全部内容` }).focus()
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('combobox', { name: '办理条件' }).click()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await sheet.getByRole('spinbutton', { name: '数值' }).fill('1000')
  await page.keyboard.press('Escape')
  await page.locator('.pat-diff', { hasText: '年综合能源消费量 不低于 1000 吨标准煤' }).waitFor()
})

test('on a phone, in English, only those who may change it see how', async () => {
  const page = await editing('New plant on standard land', { width: 390, height: 844, lang: 'en-GB' })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `${wide} px too wide`)
  await page.getByText('Nothing to mend').waitFor()
})
