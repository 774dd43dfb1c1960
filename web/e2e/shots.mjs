// The pictures of docs/shots: a fresh demo county, seen wide and narrow, in both languages and themes.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { api, startHouse } from './harness.mjs'
import { xlsx } from './sheet.mjs'
import { give } from './wizard.mjs'

const out = process.env.LANTU_SHOTS ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs', 'shots')
mkdirSync(out, { recursive: true })

const SIZES = { 1440: { width: 1440, height: 900 }, 390: { width: 390, height: 844 } }
const LANGS = { zh: 'zh-CN', en: 'en-US' }
const THEMES = { paper: 'light', blueprint: 'dark' }
/** Each size, language and theme at least once in company of the others; not the whole product of them. */
const VIEWS = ['1440-zh-paper', '1440-en-paper', '1440-zh-blueprint', '390-zh-paper', '390-en-blueprint']

/** Small enough to read on a page, hostile enough to show what import is for. */
function messyList() {
  const head = ['序号', '项目名称', '建设单位', '属地', '总投资', '年度计划投资(万元)', '计划开工', '计划竣工', '形象进度']
  const rows = [
    ['示例市2026年重大项目清单'],
    ['填报单位:示例市重大项目推进中心', '', '', '', '', '', '', '单位:亿元'],
    head,
    ['一、新开工项目(3个)'],
    [1, '示例云母新材料生产线', '示例云母材料有限公司', '', '12.5亿元', 32000, '2026年3月', '2028年上半年', ''],
    [2, '示例城北小学迁建', '示例市教育局', '', '1.8', 6500, '3月底', '2027-8', '桩基施工'],
    [3, '示例河道综合整治', '示例水务有限公司', '不在册镇', '9600万元', 'xx', '2026.09.15', '2027年', ''],
    ['二、续建项目(1个)'],
    [4, '示例云母新材料生产线', '示例云母材料有限公司', '', '12.5亿元', 32000, '2026年3月', '2028年上半年', '主体结顶'],
    ['注:总投资以批复为准。'],
  ]
  return xlsx([{ name: '清单', rows, merges: ['A1:I1', 'A4:I4', 'A8:I8', 'A10:I10'] }])
}

/** Lets the screen come to rest: nothing loading, nothing moving. */
async function settle(page) {
  await page.waitForLoadState('networkidle').catch(() => {})
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(400)
}

const SCREENS = {
  overview: async (page) => page.goto('/'),
  pipeline: async (page) => page.goto('/projects'),
  project: async (page) => {
    const found = await api(page, '/projects?stage=building&sort=-investment&limit=1')
    await page.goto(`/projects/${found.items[0].id}`)
  },
  board: async (page) => page.goto('/projects/board'),
  import: async (page) => {
    await give(page, '示例清单.xlsx', messyList())
    await page.getByTestId('to-preview').click()
    await page.getByTestId('identity').waitFor()
  },
}

const only = process.argv[2]
const house = await startHouse()
let failed = 0
try {
  for (const view of VIEWS) {
    const [size, lang, theme] = view.split('-')
    const page = await house.signedIn('clerk', { ...SIZES[size], lang: LANGS[lang], colorScheme: THEMES[theme] })
    for (const [name, open] of Object.entries(SCREENS)) {
      if (only && only !== name) continue
      const file = `${name}-${view}.png`
      try {
        await open(page)
        await settle(page)
        await page.screenshot({ path: join(out, file) })
        console.log(file)
      } catch (problem) {
        failed += 1
        console.error(`${file}: ${problem.message}`)
      }
    }
    await page.context().close()
  }
} finally {
  await house.close()
}
process.exitCode = failed ? 1 : 0
