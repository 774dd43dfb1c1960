// A department's queue: what waits, the numbers of the projects, one sheet for many, another browser, undo, keys, refusals, a phone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse, until } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

let count = 0
const KIND = 'land_contract'
const planOf = (page, id) => api(page, `/projects/${id}/plan`)
const startOf = (plan) => plan.milestones.find((m) => m.milestone === 'start')
const queueOf = (page, q, more = '') => api(page, `/work?desk=all&q=${encodeURIComponent(q)}${more}`)

async function act(page, id, said) {
  const { seq } = await planOf(page, id)
  const answer = await api(page, '/work', { method: 'POST', body: { mode: 'commit', edits: said.map((one) => ({ project: id, seq, said: one })) } })
  assert.ok(answer.feed, JSON.stringify(answer.lines))
}

/** Factories whose start waits for the land contract alone, accepted so many days ago at the department's desk. */
async function factories(page, n, { accepted = 0 } = {}) {
  const word = `示例待办厂${String.fromCharCode(65 + count++)}`
  const { today } = await api(page, '/overview')
  const back = (days) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)
  const ids = []
  for (let at = 1; at <= n; at++) {
    const { project } = await enterProject(page, `${word}${at}`, { facts: { procedure: 'filing', nature: 'new', industry: '36', start_planned: today.slice(0, 7) } })
    const { id } = project
    const { seq } = await planOf(page, id)
    await api(page, `/projects/${id}/plan/apply`, { method: 'POST', body: { seq, mode: 'commit', pattern: 'MFG', start: back(200), facts: {}, without: [] } })
    const fact = (kind, on, act, more = {}) => ({ fact: { kind, on, basis: '示例', act, ...more } })
    const done = (step, from, to) => ({ progress: { id: step, ...(from ? { started: back(from) } : {}), finished: back(to) } })
    await act(page, id, [done('A00', 0, 200)])
    await act(page, id, [fact('filing', back(198), 'accept')])
    await act(page, id, [fact('filing', back(198), 'grant', { number: '示备〔2026〕1号' })])
    const seqNow = (await planOf(page, id)).seq
    const dash = ['energy_review', 'soil_water', 'eia', 'drawing_review', 'quality_safety'].map((kind) => ({ project: id, seq: seqNow, kind, said: { text: '—' } }))
    assert.ok((await api(page, '/formalities/matrix', { method: 'POST', body: { mode: 'commit', edits: dash } })).feed)
    await act(page, id, [done('A02', 190, 170), done('A03', 180, 160), done('A04', 158, 120), done('A06', 158, 110), done('A07', 190, 150), done('A14', 108, 60)])
    await act(page, id, [fact(KIND, back(accepted), 'accept')])
    ids.push(id)
  }
  return { word, ids, today, back }
}

async function open(page, word, more = '') {
  await page.goto(`/work?q=${encodeURIComponent(word)}${more}`)
  await page.locator('[data-line]').first().waitFor()
}

const lineOf = (page, name) => page.locator('.work-table tbody tr', { hasText: name })
const choose = (page, name, what = '土地出让合同') => lineOf(page, name).filter({ hasText: what }).getByRole('checkbox').check()
const sheetOf = (page) => page.getByRole('dialog')

test('a department sees what it decides in projects of others, with the numbers that the project shows', async () => {
  const clerk = await house.signedIn('clerk')
  const { word, ids } = await factories(clerk, 1, { accepted: 12 })
  const page = await house.signedIn('department')
  assert.equal((await api(page, `/projects/totals?q=${encodeURIComponent(word)}`)).rows, 0, 'no list of its own has it')
  await open(page, word)
  const line = lineOf(page, `${word}1`).filter({ hasText: '土地出让合同' })
  const shown = await line.innerText()
  const project = await api(page, `/projects/${ids[0]}`)
  const clock = project.clocks.find((c) => c.kind === KIND)
  assert.match(shown, new RegExp(`${clock.run}/${clock.limit.wd}`))
  const start = startOf(await planOf(page, ids[0]))
  assert.equal(start.blocking.activity, 'A05', JSON.stringify(start.blocking))
  assert.match(shown, new RegExp(`开工误 ${start.blocking.days_lost} 日`))
  assert.match(shown, /卡点/)
  const found = (await queueOf(page, word)).items.find((i) => i.formality === KIND)
  const held = found.holds.find((h) => h.milestone === 'start')
  assert.deepEqual([held.expected, held.due, held.days_late, held.light], [start.expected, start.due, start.days_late, start.light])
  await line.getByRole('link', { name: /作战图/ }).click()
  await page.getByRole('dialog').waitFor()
  assert.match(page.url(), new RegExp(`/projects/${ids[0]}\\?tab=map&node=A05`))
  assert.deepEqual(page.complaints, [])
})

test('many are granted on one sheet: the effect is seen before, another browser follows, undo takes it back', async () => {
  const clerk = await house.signedIn('clerk')
  const { word, ids } = await factories(clerk, 2)
  const before = startOf(await planOf(clerk, ids[0])).expected
  await clerk.goto(`/projects/${ids[0]}?tab=map`)
  await clerk.locator('.mp-headline').waitFor()
  const headline = await clerk.locator('.mp-headline').innerText()
  const page = await house.signedIn('department')
  await open(page, word)
  const waiting = Number((await page.locator('.rail-count').innerText()).replace('+', ''))
  await choose(page, `${word}1`)
  await choose(page, `${word}2`)
  await page.getByRole('button', { name: '批量办理 2 件' }).click()
  const sheet = sheetOf(page)
  await sheet.getByRole('radio', { name: /^准予/ }).click()
  await sheet.getByLabel(new RegExp(`${word}1.*文号`)).fill('示供地〔2026〕009号')
  await sheet.getByRole('button', { name: '按首个文号顺编' }).click()
  assert.equal(await sheet.getByLabel(new RegExp(`${word}2.*文号`)).inputValue(), '示供地〔2026〕010号')
  await sheet.getByText(/早 \d+ 天/).first().waitFor()
  assert.equal(await sheet.locator('.work-effects li').filter({ hasText: /开工[\s\S]*早 \d+ 天/ }).count(), 2)
  assert.equal(startOf(await planOf(page, ids[0])).expected, before, 'nothing is written by looking')
  await sheet.getByRole('button', { name: '提交 2 件' }).click()
  await sheet.waitFor({ state: 'detached' })
  await until(async () => startOf(await planOf(page, ids[0])).expected < before)
  assert.ok(startOf(await planOf(page, ids[1])).expected < before)
  await until(async () => (await clerk.locator('.mp-headline').innerText()) !== headline)
  await until(async () => (await lineOf(page, word).filter({ hasText: '土地出让合同' }).count()) === 0)
  await until(async () => Number((await page.locator('.rail-count').innerText()).replace('+', '')) <= waiting - 2)
  await page.keyboard.press('Control+z')
  await until(async () => startOf(await planOf(page, ids[0])).expected === before)
  await until(async () => (await clerk.locator('.mp-headline').innerText()) === headline)
  await until(async () => (await lineOf(page, word).filter({ hasText: '土地出让合同' }).count()) === 2)
})

test('a bad date is refused for every line at once, each with its reason, and nothing is written', async () => {
  const clerk = await house.signedIn('clerk')
  const { word, ids, back } = await factories(clerk, 2)
  const page = await house.signedIn('department')
  await open(page, word)
  await choose(page, `${word}1`)
  await choose(page, `${word}2`)
  await page.getByRole('button', { name: '批量办理 2 件' }).click()
  const sheet = sheetOf(page)
  await sheet.getByRole('radio', { name: /^准予/ }).click()
  await sheet.getByLabel('决定日').fill(back(40))
  await until(async () => (await sheet.locator('.work-refused').count()) === 2)
  assert.equal(await sheet.locator('.work-refused .work-block').count() >= 2, true)
  assert.ok(await sheet.getByRole('button', { name: '提交 2 件' }).isDisabled())
  await sheet.getByRole('radio', { name: /^退回补正/ }).click()
  await sheet.getByText('填好原因后预演').waitFor()
  await sheet.getByLabel('决定日').waitFor({ state: 'detached' })
  for (const id of ids) assert.equal((await api(page, `/projects/${id}`)).project.formalities.find((f) => f.kind === KIND).state, 'applied')
})

test('what a department does not decide stays closed to it', async () => {
  const clerk = await house.signedIn('clerk')
  const { ids, back } = await factories(clerk, 1)
  const page = await house.signedIn('department')
  const { seq } = await planOf(page, ids[0])
  assert.equal((await planOf(page, ids[0])).can_edit, false)
  const other = { project: ids[0], seq, said: { fact: { kind: 'no_such_permit', on: back(5), basis: '', act: 'accept' } } }
  const theirs = { project: ids[0], seq, said: { fact: { kind: 'bidding', on: back(5), basis: '', act: 'accept' } } }
  const answer = await api(page, '/work', { method: 'POST', body: { mode: 'commit', edits: [other, theirs] } })
  assert.equal(answer.feed, null)
  assert.match(answer.lines[1].problems.map((p) => p.title).join(), /只登记由本单位办理/)
  await assert.rejects(api(page, `/projects/${ids[0]}`, { method: 'PATCH', body: { seq, patch: { remark: 'x' } } }), /not_your_desk|只登记由本单位办理/)
})

test('keys alone: choose, open, type, send', async () => {
  const clerk = await house.signedIn('clerk')
  const { word, ids } = await factories(clerk, 2)
  const page = await house.signedIn('department')
  await open(page, word, `&kind=${KIND}`)
  await until(async () => (await page.locator('[data-line]').count()) === 2)
  await page.locator('input[data-line]').first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  const sheet = sheetOf(page)
  await sheet.waitFor()
  await until(async () => page.evaluate(() => document.activeElement?.closest('.ant-drawer') !== null))
  const radio = sheet.getByRole('radio', { name: /^停止计时/ })
  for (let at = 0; at < 12 && !(await radio.evaluate((node) => node === document.activeElement)); at++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  assert.equal(await radio.getAttribute('aria-checked'), 'true')
  const reason = sheet.getByLabel('原因', { exact: true })
  for (let at = 0; at < 20 && !(await reason.evaluate((node) => node === document.activeElement)); at++) await page.keyboard.press('Tab')
  await page.keyboard.type('材料不齐,一次告知补正')
  const send = sheet.getByRole('button', { name: '提交 2 件' })
  await until(async () => send.isEnabled())
  for (let at = 0; at < 30 && !(await send.evaluate((node) => node === document.activeElement)); at++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await sheet.waitFor({ state: 'detached' })
  await until(async () => (await queueOf(page, word, `&kind=${KIND}`)).items.every((i) => i.state === 'paused' && i.group === 'waiting'))
  assert.match(await lineOf(page, `${word}1`).innerText(), /停:补正/)
  assert.equal(ids.length, 2)
})

test('a department’s own step is reported, and filters, sums and the sheet for Excel agree', async () => {
  const clerk = await house.signedIn('clerk')
  const { word, ids, back } = await factories(clerk, 1, { accepted: 3 })
  await act(clerk, ids[0], [{ fact: { kind: KIND, on: back(1), basis: '示例', act: 'grant', number: '示供地〔2026〕1号' } }])
  const page = await house.signedIn('department')
  await open(page, word)
  await choose(page, `${word}1`, '可开始')
  await page.getByRole('button', { name: '批量办理 1 件' }).click()
  const sheet = sheetOf(page)
  await sheet.getByRole('radio', { name: /^开始/ }).click()
  await sheet.getByRole('button', { name: '提交 1 件' }).click()
  await sheet.waitFor({ state: 'detached' })
  await until(async () => (await queueOf(page, word)).items.some((i) => i.formality === null && i.state === 'running'))
  const all = await api(page, '/work')
  assert.equal(all.sums.in_hand, all.items.filter((i) => ['overdue', 'soon', 'in_hand'].includes(i.group) && i.mover === 'department' && !['ready', 'reopened'].includes(i.state)).length)
  assert.equal(all.rows, all.sums.overdue + all.sums.soon + all.items.filter((i) => i.group === 'in_hand').length + all.sums.ready + all.sums.waiting)
  await page.goto('/work')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出' }).click()])
  assert.match(download.suggestedFilename(), /^待办-\d{4}-\d\d-\d\d\.xlsx$/)
})

test('on a phone the queue is a list of cards with the same acts, and nothing scrolls sideways', async () => {
  const clerk = await house.signedIn('clerk')
  const { word } = await factories(clerk, 1)
  const page = await house.signedIn('department', { width: 390, height: 844 })
  await open(page, word, `&kind=${KIND}`)
  const card = page.locator('.work-card', { hasText: `${word}1` })
  assert.match(await card.innerText(), /土地出让合同[\s\S]*开工在主线/)
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth))
  await card.getByRole('checkbox').check()
  await page.getByRole('button', { name: '批量办理 1 件' }).click()
  await sheetOf(page).getByText(/早 \d+ 天/).first().waitFor()
  await page.goto('/work?q=没有这样的项目')
  await page.getByText('没有符合筛选条件的事项').waitFor()
})
