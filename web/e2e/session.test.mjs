// The door: signing in, being locked out, language, theme, signing out.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, PATIENCE_MS, signIn, startHouse } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

const fill = async (page, name, password) => {
  await page.locator('input[autocomplete="username"]').fill(name)
  await page.locator('input[autocomplete="current-password"]').fill(password)
  await page.locator('button[type="submit"]').click()
}

const alert = (page) => page.getByRole('alert').filter({ hasText: /\S/ }).first()

test('whoever is not signed in is led to the door and back again', async () => {
  const page = await house.visitor()
  await page.goto('/projects?sort=-investment')
  await page.waitForURL(/\/sign-in/)
  await fill(page, house.accounts.clerk.name, house.accounts.clerk.password)
  await page.waitForURL(/\/projects\?sort=-investment/)
  const cookie = (await page.context().cookies()).find((c) => c.httpOnly)
  assert.ok(cookie, 'the session is a cookie that scripts cannot read')
  assert.notEqual(cookie.sameSite, 'None')
})

test('a wrong password is refused, and the fifth locks the name for everybody', async () => {
  const page = await house.visitor()
  const { name, password } = house.accounts.department
  await page.goto('/sign-in')
  for (let attempt = 1; attempt <= 5; attempt++) {
    const answer = page.waitForResponse((r) => r.url().endsWith('/api/v1/session') && r.request().method() === 'POST')
    await fill(page, name, 'not the password')
    assert.equal((await answer).ok(), false)
    await alert(page).waitFor()
  }
  const other = await house.visitor()
  await other.goto('/sign-in')
  await fill(other, name, password)
  await alert(other).getByText(/15/).first().waitFor()
  assert.match(new URL(other.url()).pathname, /sign-in/)
})

test('language and theme are chosen, kept, and the whole page follows', async () => {
  const page = await house.visitor({ colorScheme: 'light' })
  await signIn(page, house.accounts.director)
  const html = page.locator('html')
  assert.match(await html.getAttribute('lang'), /^zh/)
  const menu = () => page.getByRole('button', { name: /用户菜单|User menu/i })
  await menu().click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await page.waitForFunction(() => document.documentElement.lang === 'en')
  await page.waitForFunction(() => !/[\u4e00-\u9fff]/.test(document.querySelector('nav')?.textContent ?? '中'))
  await menu().click()
  await page.getByRole('menuitem', { name: /Blueprint/ }).click()
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'blueprint')
  await page.reload()
  await page.getByRole('navigation').first().waitFor()
  assert.equal(await html.getAttribute('lang'), 'en')
  assert.equal(await html.getAttribute('data-theme'), 'blueprint')
})

test('signing out ends the session, here and on the server', async () => {
  const page = await house.visitor()
  await signIn(page, house.accounts.audit_admin)
  const cookies = await page.context().cookies()
  await page.getByRole('button', { name: '用户菜单' }).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await page.waitForURL(/\/sign-in/, { timeout: PATIENCE_MS })
  const thief = await house.visitor()
  await thief.context().addCookies(cookies)
  await thief.goto('/logo-mark.svg')
  await assert.rejects(api(thief, '/session'), /401/)
})

test('each role sees the places that are its own', async () => {
  const places = async (page) => {
    await page.getByRole('navigation').first().waitFor()
    return page.getByRole('navigation').first().getByRole('link').allTextContents()
  }
  const clerk = await house.signedIn('clerk')
  await clerk.goto('/')
  assert.ok((await places(clerk)).includes('导入'))
  const director = await house.signedIn('director')
  assert.ok(!(await places(director)).includes('导入'), 'a director imports nothing')
  assert.ok((await places(director)).includes('项目'))
  await director.goto('/imports')
  await director.getByText('没有导入清单的权限').waitFor()
  const security = await house.signedIn('security_admin')
  assert.ok(!(await places(security)).includes('项目'), 'who manages users reads no projects')
})
