// The grid of all projects: filter, keyboard, a pasted block, undo.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

const FEN_PER_WAN = 1_000_000
const wan = (n) => n * FEN_PER_WAN

/** The text of one column, row by row as shown. */
const column = (page, key) => page.locator(`.pj-body .pj-c-${key}`).allTextContents()

async function openGrid(page, search) {
  await page.goto(`/projects${search}`)
  await page.locator('.pj-body .pj-c-name').first().waitFor()
}

test('a filter in the head narrows the grid, its total and the address', async () => {
  const page = await house.signedIn('clerk')
  await enterProject(page, '示例筛子厂')
  await openGrid(page, '')
  const all = (await api(page, '/projects/totals')).rows
  await page.getByRole('searchbox', { name: '按项目名称筛选' }).fill('示例筛子厂')
  await page.waitForFunction(() => document.querySelectorAll('.pj-body .pj-c-name').length === 1)
  assert.match((await column(page, 'name'))[0], /示例筛子厂/)
  assert.match(decodeURIComponent(page.url()), /q=示例筛子厂/)
  assert.match(await page.locator('.pj-total').textContent(), new RegExp(all.toLocaleString('en-US')))
  await page.reload()
  await page.waitForFunction(() => document.querySelectorAll('.pj-body .pj-c-name').length === 1)
})

test('the keyboard walks, edits a cell and takes it back', async () => {
  const page = await house.signedIn('clerk')
  const made = await enterProject(page, '示例键盘厂', { facts: { total_investment: wan(100) } })
  await openGrid(page, `?q=${encodeURIComponent('示例键盘厂')}`)
  const cell = page.locator('.pj-body .pj-c-investment').first()
  await page.locator('.pj-body .pj-c-name').first().click({ position: { x: 180, y: 8 } })
  for (let i = 0; i < 30 && !(await cell.evaluate((c) => c.classList.contains('pj-cursor'))); i++) await page.keyboard.press('ArrowRight')
  assert.equal(await cell.evaluate((c) => c.classList.contains('pj-cursor')), true, 'the arrows reach the column')
  await page.keyboard.press('Enter')
  await page.locator('.pj-editor input').waitFor()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('3.2亿')
  await page.keyboard.press('Enter')
  await cell.getByText('32,000').waitFor()
  assert.equal((await api(page, `/projects/${made.project.id}`)).row.investment, wan(32_000))
  await page.getByRole('grid').focus()
  await page.keyboard.press('Control+Z')
  await cell.getByText('100', { exact: true }).waitFor()
  assert.equal((await api(page, `/projects/${made.project.id}`)).row.investment, wan(100))
})

/** Hands the grid a block as the clipboard would. */
const paste = (page, text) =>
  page.getByRole('grid').evaluate((grid, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    grid.focus()
    grid.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)

test('a pasted block is shown before it is written, written whole, and undone whole', async () => {
  const page = await house.signedIn('clerk')
  for (const n of [1, 2, 3]) await enterProject(page, `示例粘贴厂${n}`, { facts: { total_investment: wan(n) } })
  await openGrid(page, `?q=${encodeURIComponent('示例粘贴厂')}&sort=name`)
  const money = () => api(page, `/projects?q=${encodeURIComponent('示例粘贴厂')}&sort=name`).then((found) => found.items.map((r) => r.investment / FEN_PER_WAN))
  await page.locator('.pj-body .pj-c-investment').first().click()

  await paste(page, '500\n1-8月\n700')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('不能写入', { exact: false }).first().waitFor()
  assert.deepEqual(await money(), [1, 2, 3], 'one bad cell and nothing is written')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await paste(page, '500\n600\n7亿')
  const write = dialog.getByRole('button', { name: '写入 3 个项目 3 格' })
  await write.waitFor()
  await write.click()
  await dialog.waitFor({ state: 'detached' })
  await page.waitForFunction(() => [...document.querySelectorAll('.pj-body .pj-c-investment')].some((c) => c.textContent.includes('70,000')))
  assert.deepEqual(await money(), [500, 600, 70_000])

  await page.getByRole('button', { name: /撤销/ }).first().click()
  await page.waitForFunction(() => ![...document.querySelectorAll('.pj-body .pj-c-investment')].some((c) => c.textContent.includes('70,000')))
  assert.deepEqual(await money(), [1, 2, 3])
})

test('what is shown is exported', async () => {
  const page = await house.signedIn('clerk')
  await enterProject(page, '示例导出厂')
  await openGrid(page, `?q=${encodeURIComponent('示例导出厂')}`)
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: '导出' }).click()
  assert.match((await file).suggestedFilename(), /\.xlsx$/)
})
