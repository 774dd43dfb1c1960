/** The addresses. Screens beyond the first load when they are opened. */
import { createBrowserRouter, Link, Navigate, Outlet, useRouteError } from 'react-router'
import { PageHead } from '../shared/shell'
import { Empty, Failed, Loading } from '../shared/ui'
import { useWords } from '../shared/words'
import { Door } from './Door'
import { Shell } from './Shell'

/** What a screen's file gives, as a route. */
const screen = (load: () => Promise<React.ComponentType>) => async () => ({ Component: await load() })

function NotFound() {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('common.notFound')} scope={[]} />
      <Empty title={t('common.notFound')} says={t('common.notFoundSays')} action={<Link to="/">{t('common.home')}</Link>} />
    </>
  )
}

/** A screen that broke: the rest of the house stands. */
function Broken() {
  const error = useRouteError()
  console.error(error)
  return <Failed error={error} onAgain={() => location.reload()} />
}

export const router = createBrowserRouter([
  {
    element: <Outlet />,
    hydrateFallbackElement: <Loading />,
    children: [
      { path: '/sign-in', lazy: screen(async () => (await import('../features/session/SignInPage')).SignInPage) },
      { path: '/setup', lazy: screen(async () => (await import('../features/session/SetupPage')).SetupPage) },
      {
        element: (
          <Door>
            <Shell />
          </Door>
        ),
        children: [
          {
            errorElement: <Broken />,
            children: [
              { index: true, lazy: screen(async () => (await import('../features/overview/OverviewPage')).OverviewPage) },
              { path: 'overview', element: <Navigate to="/" replace /> },
              { path: 'projects/*', lazy: () => import('./projects') },
              { path: 'work', lazy: screen(async () => (await import('../features/work/WorkPage')).WorkPage) },
              { path: 'imports/*', lazy: screen(async () => (await import('../features/imports')).ImportsRoutes) },
              { path: 'admin', lazy: screen(async () => (await import('../features/admin/AdminPage')).AdminPage) },
              { path: '*', element: <NotFound /> },
            ],
          },
        ],
      },
    ],
  },
])
