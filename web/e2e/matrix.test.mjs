// The matrix of permits: sums equal the list, a block from Excel with its preview and undo, keys, the file, a phone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

let count = 0
const record = (page, edits) => api(page, '/formalities/matrix', { method: 'POST', body: { mode: 'commit', edits } })

/** Two projects of their own with two columns, on the sheet narrowed to them. */
async function sheet(options) {
  const page = await house.signedIn('clerk', options)
  const word = `矩阵厂${String.fromCharCode(65 + count++)}`
  const one = (await enterProject(page, `${word}一`, { facts: { procedure: 'filing' } })).project
  const two = (await enterProject(page, `${word}二`, { facts: { procedure: 'filing' } })).project
  const say = (project, kind, text) => ({ project: project.id, seq: 1, kind, said: { text } })
  const done = await record(page, [say(one, 'filing', '√ 2026-01-05'), say(one, 'eia', '未办'), say(two, 'filing', '未办')])
  assert.ok(done.feed, JSON.stringify(done))
  await page.goto(`/projects/matrix?q=${encodeURIComponent(word)}`)
  return { page, word, one, two }
}

const cells = (page) => page.locator('.mx-grid .pj-body .mx-cell').allInnerTexts()
const grid = (page) => page.locator('.mx-grid')

/** As Excel puts a block on the clipboard. */
const paste = (page, text) =>
  grid(page).evaluate((element, given) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', given)
    element.focus()
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)

test('the sheet shows what the list holds, and its sums are the list’s', async () => {
  const { page, word } = await sheet()
  await grid(page).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.mx-grid .pj-body .pj-line:not(.pj-waiting)').length === 2)
  const total = await page.locator('.mx-grid .pj-total').innerText()
  const list = await api(page, `/projects?q=${encodeURIComponent(word)}`)
  const sum = (key) => list.items.reduce((n, r) => n + r[key], 0)
  assert.match(total, new RegExp(`${sum('formalities_granted')}/${sum('formalities_needed')}`))
  assert.ok((await cells(page)).some((c) => c.startsWith('√')))
})

test('a block from Excel is previewed, written whole and taken back', async () => {
  const { page } = await sheet()
  await grid(page).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.mx-grid .pj-body .mx-cell').length === 4)
  await page.locator('.mx-grid .pj-body .mx-cell').nth(1).click()
  await paste(page, '—\n详见附件')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('还差 1 格').waitFor()
  assert.match(await dialog.innerText(), /看不出手续状态/)
  await dialog.getByRole('button', { name: /取 ?消/ }).click()
  await dialog.waitFor({ state: 'detached' })
  await paste(page, '—\n√')
  await page.getByRole('dialog').getByRole('button', { name: '登记 2 格' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.waitForFunction(() => [...document.querySelectorAll('.mx-grid .pj-body .mx-cell')].filter((c) => c.textContent.startsWith('√')).length === 2)
  await grid(page).focus()
  await page.keyboard.press('Control+z')
  await page.waitForFunction(() => [...document.querySelectorAll('.mx-grid .pj-body .mx-cell')].filter((c) => c.textContent.startsWith('√')).length === 1)
})

test('by keys alone: N marks as not needed, A accepts, Enter opens the form', async () => {
  const { page } = await sheet()
  await grid(page).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.mx-grid .pj-body .mx-cell').length === 4)
  await grid(page).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('a')
  await page.getByRole('dialog').getByText('受理日期').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click()
  await page.waitForFunction(() => [...document.querySelectorAll('.mx-grid .pj-body .mx-cell')].some((c) => c.textContent.startsWith('◐')))
  await grid(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('n')
  await page.getByRole('dialog').getByRole('button', { name: '登记 1 格' }).click()
  await page.waitForFunction(() => [...document.querySelectorAll('.mx-grid .pj-body .mx-cell')].some((c) => c.textContent === '—'))
  await grid(page).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
})

test('the sheet goes out as a file, and a phone shows a project a card', async () => {
  const { page, word } = await sheet()
  const link = await page.getByRole('link', { name: '导出 Excel' }).getAttribute('href')
  const answer = await page.request.get(link)
  assert.equal(answer.status(), 200)
  assert.equal((await answer.body()).subarray(0, 2).toString(), 'PK')
  const csv = await (await page.request.get(link.replace('.xlsx', '.csv'))).text()
  assert.match(csv, /√ 2026-01-05/)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.locator('.mx-card').first().waitFor()
  assert.match(await page.locator('.mx-card').first().innerText(), new RegExp(word))
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true)
})
