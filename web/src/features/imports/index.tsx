// The import wizard: /imports chooses a file, /imports/:id takes it through.
import { Route, Routes } from 'react-router'
import { ChooseFile } from './ChooseFile'
import { ImportPage } from './ImportPage'
import './imports.css'

export function ImportsRoutes() {
  return (
    <Routes>
      <Route index element={<ChooseFile />} />
      <Route path=":id" element={<ImportPage />} />
    </Routes>
  )
}
