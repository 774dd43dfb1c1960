// Permits on a project's page: accepted, paused, resumed, granted; refusals in full; undo; keyboard; phone; English.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse, until } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

let count = 0

/** A project with a planned environmental assessment, on its page; the office's day comes from the server. */
async function withPermit(options) {
  const page = await house.signedIn('clerk', options)
  const { project } = await enterProject(page, `示例手续厂${++count}`, { facts: { procedure: 'filing' } })
  const { seq } = await api(page, `/projects/${project.id}`)
  const plain = { planned: null, applied: null, decided: null, valid_until: null, number: null }
  await api(page, `/projects/${project.id}/formality`, { method: 'POST', body: { seq, formality: { ...plain, kind: 'eia', state: 'planned' } } })
  const { today } = await api(page, '/overview')
  await page.goto(`/projects/${project.id}`)
  await page.locator('.pj-permits').waitFor()
  return { page, id: project.id, today }
}

const back = (day, days) => new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)
const clockOf = async (page, id) => (await api(page, `/projects/${id}`)).clocks[0]
const cell = (page) => page.locator('.pj-permits .pj-clock').innerText()

/** Opens an act from the row's menu and fills its form; the dialog stays open for the caller. */
async function open(page, act) {
  await page.locator('.pj-permits .pj-do button').first().click()
  await page.getByRole('menuitem', { name: act, exact: true }).click()
  return page.getByRole('dialog')
}

async function record(page, act, fields = {}, choice = null) {
  const dialog = await open(page, act)
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(new RegExp(`^${label}\\*?$`)).fill(value)
  if (choice) {
    await dialog.getByRole('combobox').first().click()
    await page.keyboard.type(choice)
    await page.keyboard.press('Enter')
  }
  await dialog.getByRole('button', { name: '保存', exact: true }).last().click()
  await dialog.waitFor({ state: 'detached' })
}

test('accepted, paused, resumed, granted: the clock moves and stands still', async () => {
  const { page, id, today } = await withPermit()
  await record(page, '受理', { 受理日期: back(today, 20) })
  await page.waitForFunction(() => /第 20 天，剩 40 日/.test(document.querySelector('.pj-clock').innerText))
  assert.match(await cell(page), /示例市生态环境|生态环境/)
  await record(page, '暂停计时', { 自: back(today, 10), 原因: '材料不齐，一次告知' }, '补正')
  await page.waitForFunction(() => /停在第 9 天，剩 51 日/.test(document.querySelector('.pj-clock').innerText))
  const paused = await clockOf(page, id)
  assert.deepEqual([paused.standing, paused.mover, paused.run, paused.paused, paused.limit_day], ['paused', 'owner', 9, 11, null])
  await record(page, '恢复计时', { 恢复日期: back(today, 5) })
  await page.waitForFunction(() => /第 15 天，剩 45 日/.test(document.querySelector('.pj-clock').innerText))
  await record(page, '批准', { 文号: '示环审〔2026〕7号' })
  await page.waitForFunction(() => /用时 15 日/.test(document.querySelector('.pj-clock').innerText))
  const done = await api(page, `/projects/${id}`)
  assert.equal(done.project.formalities[0].state, 'granted')
  assert.deepEqual([done.clocks[0].mover, done.clocks[0].run, done.clocks[0].overdue], ['nobody', 15, 0])
  const journal = await page.locator('.pj-journal').innerText()
  for (const act of ['手续受理', '手续暂停计时', '手续恢复计时', '手续批准']) assert.ok(journal.includes(act), `${act} in ${journal}`)
  assert.deepEqual(page.complaints, [])
})

test('overdue is said in red and in words', async () => {
  const { page, today } = await withPermit()
  await record(page, '受理', { 受理日期: back(today, 65) })
  const late = page.locator('.pj-clock .pj-overdue')
  await late.waitFor()
  assert.match(await late.innerText(), /超期 5 日/)
})

test('a refusal says everything at once, at its fields', async () => {
  const { page, id, today } = await withPermit()
  await record(page, '受理', { 受理日期: back(today, 4) })
  const dialog = await open(page, '承诺（容缺）批准')
  await dialog.getByRole('button', { name: '保存', exact: true }).last().click()
  assert.equal(await dialog.getByText('必填。').count(), 2, 'what is missing, before anything is sent')
  await dialog.getByLabel('批准日期').fill(back(today, 30))
  await dialog.getByLabel('所缺材料').fill('专项报告')
  await dialog.getByLabel('补齐期限').fill(back(today, 40))
  await dialog.getByLabel('有效期至').fill(back(today, 50))
  await dialog.getByRole('button', { name: '保存', exact: true }).last().click()
  await dialog.locator('.pj-refused').waitFor()
  const wrong = await dialog.locator('.pj-why').allInnerTexts()
  assert.equal(wrong.filter((w) => w.includes('晚于后一环节')).length, 3, wrong.join('|'))
  assert.equal(await dialog.locator('[aria-invalid="true"]').count(), 3)
  assert.equal((await clockOf(page, id)).standing, 'running', 'nothing was written')
})

test('an act is taken back', async () => {
  const { page, id, today } = await withPermit()
  await record(page, '受理', { 受理日期: back(today, 3) })
  assert.equal((await clockOf(page, id)).standing, 'running')
  await page.getByRole('button', { name: /撤销/ }).click()
  await until(async () => (await api(page, `/projects/${id}`)).clocks[0].standing === 'planned')
  await page.locator('.pj-f-running').waitFor({ state: 'detached' })
})

test('the keyboard alone reaches an act, and two clerks never overwrite each other', async () => {
  const { page, id, today } = await withPermit()
  const seen = await api(page, `/projects/${id}`)
  await page.locator('.pj-permits .pj-do button').focus()
  await page.keyboard.press('Enter')
  await page.locator('[role=menuitem]:focus', { hasText: '受理' }).waitFor()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('受理日期').waitFor()
  // Somebody else is quicker.
  const fact = { kind: 'eia', on: back(today, 2), basis: '', act: 'accept' }
  await api(page, `/projects/${id}/formality-act`, { method: 'POST', body: { seq: seen.seq, fact } })
  await dialog.getByLabel('受理日期').press('Enter')
  await dialog.getByRole('alert').waitFor()
  assert.equal((await clockOf(page, id)).since, back(today, 2))
})

test('the project’s own acts are reached by the keyboard alone', async () => {
  const { page } = await withPermit()
  await page.locator('.pj-projecthead button').focus()
  await page.keyboard.press('Enter')
  await page.locator('[role=menuitem]:focus').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.locator('[role=menuitem]:focus', { hasText: '变更项目单位' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('textbox').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('on a phone and in English nothing runs out of the screen', async () => {
  const { page, today, id } = await withPermit({ width: 390, height: 844, lang: 'en-GB' })
  const { seq } = await api(page, `/projects/${id}`)
  await api(page, `/projects/${id}/formality-act`, { method: 'POST', body: { seq, fact: { kind: 'eia', on: back(today, 20), basis: '', act: 'accept' } } })
  await page.getByText(/Day 20, 40 days left/).waitFor()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `${wide} px too wide`)
  await page.getByRole('button', { name: /^Record for/ }).click()
  await page.getByRole('menuitem', { name: 'Pause the clock' }).click()
  await page.getByRole('dialog').getByLabel('From').waitFor()
})
