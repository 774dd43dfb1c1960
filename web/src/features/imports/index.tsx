// The import wizard: /imports chooses a file, /imports/:id takes it through.
import { Route, Routes } from 'react-router'
import { useCan } from '../../shared/api'
import { PageHead } from '../../shared/shell'
import { Empty } from '../../shared/ui'
import { ChooseFile } from './ChooseFile'
import { ImportPage } from './ImportPage'
import { useOffice } from './office'
import './imports.css'

export function ImportsRoutes() {
  const { words: w } = useOffice()
  const allowed = useCan('import')
  return (
    <>
      <PageHead title={w.title} scope={[]} />
      {allowed ? (
        <Routes>
          <Route index element={<ChooseFile />} />
          <Route path=":id" element={<ImportPage />} />
        </Routes>
      ) : (
        <Empty title={w.noPermission} says={w.noPermissionSays} />
      )}
    </>
  )
}
