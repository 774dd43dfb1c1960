/** The map alone, on made-up rows (?rows=10000), to be looked at and measured. */
import '../src/shared/theme/fonts'
import '../src/shared/theme/tokens.css'
import '../src/shared/theme/base.css'
import { App, ConfigProvider } from 'antd'
import { StrictMode, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { BattleMap, fromPlan, NodeLine } from '../src/features/map/canvas'
import { samplePlan } from '../src/features/map/canvas/sample'
import { networkPages } from '../src/features/map/print/network'
import { Sheets, wideIn } from '../src/features/map/print/Sheets'
import { useWords } from '../src/features/map/print/words'
import { paperInk } from '../src/features/map/canvas/ink'
import { PortfolioMap } from '../src/features/map/portfolio/PortfolioMap'
import { portfolioRow, type Grouping, type Sort } from '../src/features/map/portfolio/portfolio'
import { sampleRows } from '../src/features/map/portfolio/sample'
import { TODAY } from '../src/features/map/canvas/sample'
import { useTheme } from '../src/shared/theme/theme'
import { useLang } from '../src/shared/words'

const ask = new URLSearchParams(location.search)
const plan = samplePlan(Number(ask.get('rows') ?? 33))
const edits: unknown[] = []
Object.assign(window, { edits })

function Printed({ lang, target }: { lang: 'zh' | 'en'; target: string | null }) {
  const { t } = useWords()
  const ink = paperInk()
  const sheet = {
    form: t('sheet.form'), above: '示例市重大项目第 7 号', name: '示例汽车科技 年产 120 万套智能制动系统项目', below: '总投资 10.60 亿元　用地 82.4 亩　示例经济开发区',
    light: { color: 'amber' as const, words: '预警 05-12 起，开工预测比计划晚 13 天，在等环评机构补正' },
    duties: [{ role: '挂钩领导', who: '示例领导 A' }, { role: '牵头部门', who: '示例区经信局' }, { role: '责任属地', who: '示例经济开发区' }, { role: '项目单位', who: '示例汽车科技有限公司' }],
    problems: [{ what: '环评审批暂停，风险专章未补正', who: '示例环评机构', due: '06-18', ask: '送达后 6 个工作日办结' }],
    signatures: ['挂钩领导', '牵头部门', '责任属地', '项目单位'], by: '示例科员', version: 3, computed: '2026-05-18 08:00', feed: 4711,
  }
  const pages = networkPages({ model: fromPlan(plan, { lang }), sheet, target, ink, lang, t, wide: wideIn(ink['font-num']) })
  return <Sheets pages={pages} paper="a3" name="示例" />
}

const many = ask.has('all') ? sampleRows(Number(ask.get('rows') ?? 21)).map((r) => portfolioRow(r, TODAY)) : []

function All() {
  const [group, setGroup] = useState<Grouping>('division')
  const [sort, setSort] = useState<Sort>('late')
  return <PortfolioMap rows={many} today={TODAY} group={group} sort={sort} onGroup={setGroup} onSort={setSort} groupWord={same} stageWord={same1} onOpen={(id) => void edits.push(id)} />
}
const same = (_: Grouping, key: string) => key
const same1 = (key: string) => key

function Page() {
  const lang = useLang()
  const theme = useTheme()
  const [target, setTarget] = useState<string | null>(ask.get('target') ?? 'capacity')
  const [selected, setSelected] = useState<string | null>(null)
  const model = useMemo(() => fromPlan(plan, { lang }), [lang])
  return (
    <ConfigProvider theme={theme}>
      <App style={{ display: 'flex', flex: 1, minHeight: 0 }}>
        {ask.has('all') ? <All /> : ask.has('print') ? <div style={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 }}><Printed lang={lang} target={target} /></div> : ask.has('line') ? <div style={{ flex: 1, overflow: 'auto' }}><NodeLine model={model} target={target} onOpen={setSelected} /></div> : <BattleMap model={model} target={target} onTarget={setTarget} selected={selected} onSelect={setSelected} onEdit={(e) => void edits.push(e)} />}
      </App>
    </ConfigProvider>
  )
}

const root = document.getElementById('root')
if (root) {
  performance.mark('data')
  createRoot(root).render(ask.has('bare') ? <Page /> : <StrictMode><Page /></StrictMode>)
}
