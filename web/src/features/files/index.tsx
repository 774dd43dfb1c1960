/** Files of a project and its contractors' schedules, as a tab of its page. */
import { lazy, Suspense } from 'react'
import type { ProjectRoom, ProjectTab } from '../../shared/project'
import { Loading } from '../../shared/ui'

const FilesTab = lazy(() => import('./FilesTab').then((m) => ({ default: m.FilesTab })))

function Page({ room }: { room: ProjectRoom }) {
  return (
    <Suspense fallback={<Loading rows={6} />}>
      <FilesTab room={room} />
    </Suspense>
  )
}

export const filesTab: ProjectTab = { key: 'files', word: { zh: '文件', en: 'Files' }, Page }
