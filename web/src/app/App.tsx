/** Everything around the screens: language, theme, the cache of what the server said, and the addresses. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect, useState } from 'react'
import { RouterProvider } from 'react-router'
import { Refused } from '../shared/api'
import { useTheme } from '../shared/theme/theme'
import { useWords } from '../shared/words'
import { router } from './routes'

/** Refusals do not change by asking again; a lost connection may. */
const mayRetry = (times: number, error: unknown) => times < 2 && !(error instanceof Refused && error.status > 0 && error.status < 500)

export function App() {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: mayRetry, refetchOnWindowFocus: false } } }))
  const theme = useTheme()
  const { lang } = useWords()
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
    dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en')
    // The server says its problems and names in the reader's language.
    void client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' && q.queryKey[0] !== 'pack' })
  }, [client, lang])
  return (
    <ConfigProvider theme={theme} locale={lang === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      <AntApp message={{ top: 56 }}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
