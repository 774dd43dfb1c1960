/** The map's own addresses below `/projects`; each loads when it is opened. */
import { lazy, Suspense } from 'react'
import type { RouteObject } from 'react-router'
import { Loading } from '../../shared/ui'

const AllPage = lazy(() => import('./portfolio/AllPage').then((m) => ({ default: m.AllPage })))
const PrintPage = lazy(() => import('./print/PrintPage').then((m) => ({ default: m.PrintPage })))

const shown = (page: React.ReactNode) => <Suspense fallback={<Loading rows={12} />}>{page}</Suspense>

export const mapRoutes: RouteObject[] = [
  { path: 'map', element: shown(<AllPage />) },
  { path: ':id/print', element: shown(<PrintPage />) },
]
