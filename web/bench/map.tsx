/** The map alone, on made-up rows (?rows=10000), to be looked at and measured. */
import '../src/shared/theme/fonts'
import '../src/shared/theme/tokens.css'
import '../src/shared/theme/base.css'
import { App, ConfigProvider } from 'antd'
import { StrictMode, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { BattleMap, fromPlan, NodeLine } from '../src/features/map/canvas'
import { samplePlan } from '../src/features/map/canvas/sample'
import { useTheme } from '../src/shared/theme/theme'
import { useLang } from '../src/shared/words'

const ask = new URLSearchParams(location.search)
const plan = samplePlan(Number(ask.get('rows') ?? 33))
const edits: unknown[] = []
Object.assign(window, { edits })

function Page() {
  const lang = useLang()
  const theme = useTheme()
  const [target, setTarget] = useState<string | null>(ask.get('target') ?? 'capacity')
  const [selected, setSelected] = useState<string | null>(null)
  const model = useMemo(() => fromPlan(plan, { lang }), [lang])
  return (
    <ConfigProvider theme={theme}>
      <App style={{ display: 'flex', flex: 1, minHeight: 0 }}>
        {ask.has('line') ? <div style={{ flex: 1, overflow: 'auto' }}><NodeLine model={model} target={target} onOpen={setSelected} /></div> : <BattleMap model={model} target={target} onTarget={setTarget} selected={selected} onSelect={setSelected} onEdit={(e) => void edits.push(e)} />}
      </App>
    </ConfigProvider>
  )
}

const root = document.getElementById('root')
if (root) {
  performance.mark('data')
  createRoot(root).render(ask.has('bare') ? <Page /> : <StrictMode><Page /></StrictMode>)
}
