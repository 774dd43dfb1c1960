// The map of all projects: the list's filters, groups, keys, and its sheets on paper.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, startHouse } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

const table = (page) => page.getByRole('treegrid')
const MILLIMETRE = 72 / 25.4

async function openMap(page, search = '') {
  await page.goto(`/projects/map${search}`)
  await table(page).locator('.bm-row').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('.bm-tools .muted'))
}

test('it opens from the list with the same filter and counts the same projects', async () => {
  const page = await house.signedIn('clerk')
  await page.goto('/projects?stage=building')
  await page.getByRole('link', { name: '总图' }).click()
  await table(page).locator('.bm-row').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('.bm-tools .muted'))
  const { rows } = await api(page, '/projects/totals?stage=building')
  assert.match(page.url(), /stage=building/)
  assert.match(await page.locator('.pm-legend b').textContent(), new RegExp(`^${rows} 个项目`))
})

test('the keyboard walks it, folds a group and opens a project', async () => {
  const page = await house.signedIn('clerk')
  await openMap(page)
  await table(page).focus()
  await page.keyboard.press('Home')
  const group = table(page).locator('.bm-group').first()
  assert.equal(await group.getAttribute('aria-expanded'), 'true')
  const all = Number(await table(page).getAttribute('aria-rowcount'))
  await page.keyboard.press('ArrowLeft')
  await page.waitForFunction((n) => Number(document.querySelector('[role=treegrid]').getAttribute('aria-rowcount')) < n, all)
  assert.equal(await group.getAttribute('aria-expanded'), 'false')
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction((n) => Number(document.querySelector('[role=treegrid]').getAttribute('aria-rowcount')) === n, all)
  await page.keyboard.press('ArrowDown')
  const named = await table(page).getAttribute('aria-activedescendant')
  const name = await page.locator(`[id="${named}"] td`).first().textContent()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/projects\/[^/]+$/)
  await page.getByText(name).first().waitFor()
})

test('the last of many is reached, and only those in view stand in the document', async () => {
  const page = await house.signedIn('clerk')
  await openMap(page)
  await table(page).focus()
  await page.keyboard.press('End')
  const last = await table(page).getAttribute('aria-rowcount')
  await page.locator(`[role=row][aria-rowindex="${last}"]`).waitFor()
  assert.ok((await table(page).locator('tbody tr').count()) < 120)
})

test('it is grouped and sorted as the address says, and the address as one chooses', async () => {
  const page = await house.signedIn('clerk')
  await openMap(page, '?by=lead_org&order=start')
  await page.locator('.bm-bar .ant-segmented-item-selected', { hasText: '部门' }).waitFor()
  await page.locator('.bm-bar .ant-segmented-item', { hasText: '行业' }).click()
  await page.waitForURL(/by=industry/)
})

test('on paper there are sheets of A0 and nothing else', async () => {
  const page = await house.signedIn('clerk')
  await openMap(page, '?stage=building')
  await page.getByRole('button', { name: '打印 A0' }).click()
  await page.locator('.pr-sheet svg').first().waitFor()
  const sheets = await page.locator('.pr-sheet svg').count()
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
  const boxes = [...pdf.matchAll(/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map((m) => [Number(m[1]) / MILLIMETRE, Number(m[2]) / MILLIMETRE])
  assert.equal(boxes.length, sheets)
  for (const [width, height] of boxes) assert.ok(Math.abs(width - 1189) < 1 && Math.abs(height - 841) < 1, `${width} × ${height}`)
})
