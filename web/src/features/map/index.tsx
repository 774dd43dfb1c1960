/** The battle map: the network of one project as a tab of its page. */
import { lazy, Suspense } from 'react'
import type { ProjectRoom, ProjectTab } from '../../shared/project'
import { Loading } from '../../shared/ui'

const MapTab = lazy(() => import('./page/MapTab').then((m) => ({ default: m.MapTab })))

function Page({ room }: { room: ProjectRoom }) {
  return (
    <Suspense fallback={<Loading rows={12} />}>
      <MapTab room={room} />
    </Suspense>
  )
}

export const mapTab: ProjectTab = { key: 'map', word: { zh: '作战图', en: 'Battle map' }, Page }
