// A stage is a recorded decision: the board opens it, the gate lists every unmet condition, then lets it pass.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

const stageOf = async (page, id) => (await api(page, `/projects/${id}`)).row.stage

async function board(page, name) {
  await page.goto(`/projects/board?q=${encodeURIComponent(name)}`)
  const card = page.locator('.pj-boardcard', { hasText: name })
  await card.waitFor()
  return card
}

/** Gives the project the code that 储备 asks for. */
async function giveCode(page, id, code) {
  const { seq } = await api(page, `/projects/${id}`)
  await api(page, `/projects/${id}/code`, { method: 'POST', body: { seq, code, state: 'valid', issued: null } })
}

test('moved by keyboard: unmet conditions are listed with their remedy, then met, and the decision is recorded', async () => {
  const page = await house.signedIn('clerk')
  const name = '示例键盘移段项目'
  const { project } = await enterProject(page, name)
  let card = await board(page, name)
  await card.focus()
  await page.keyboard.press('m')
  await page.getByRole('status').filter({ hasText: `移动 ${name}` }).waitFor({ state: 'attached' })
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /不能提交/ }).waitFor()
  assert.match(await dialog.locator('.pj-gate').textContent(), /项目代码/, 'the gate names what is missing')
  assert.equal(await stageOf(page, project.id), 'scouting')
  await dialog.getByRole('button', { name: '取消' }).click()
  await dialog.waitFor({ state: 'detached' })

  await giveCode(page, project.id, '2601-339981-04-01-418273')
  card = await board(page, name)
  await card.focus()
  await page.keyboard.press('m')
  await page.keyboard.press('Enter')
  await dialog.getByLabel('依据').fill('示发改〔2026〕1号')
  const decide = dialog.getByRole('button', { name: '转入储备' })
  await decide.waitFor()
  await decide.click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('region', { name: '储备' }).locator('.pj-boardcard', { hasText: name }).waitFor()
  assert.equal(await stageOf(page, project.id), 'reserve')
  const journal = await api(page, `/projects/${project.id}/journal`)
  assert.ok(journal.items.some((entry) => entry.act === 'move_stage' && entry.basis === '示发改〔2026〕1号'), 'the journal has the act with its basis')
})

test('dragged: the card opens the decision and stays where it is until it is recorded', async () => {
  const page = await house.signedIn('clerk')
  const name = '示例拖动移段项目'
  const { project } = await enterProject(page, name)
  const card = await board(page, name)
  await card.dragTo(page.getByRole('region', { name: '前期' }))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /不能提交/ }).waitFor()
  assert.ok((await dialog.locator('.pj-gate li').count()) >= 2, 'every unmet condition at once')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await stageOf(page, project.id), 'scouting')
  await page.getByRole('region', { name: '谋划' }).locator('.pj-boardcard', { hasText: name }).waitFor()
})
