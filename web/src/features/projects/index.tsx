/** The portfolio's rooms: list, board and one project. */
import { Outlet, type RouteObject } from 'react-router'
import { BoardPage } from './BoardPage'
import { MatrixPage } from './MatrixPage'
import { PipelinePage } from './PipelinePage'
import { ProjectPage } from './ProjectPage'
import './projects.css'
import { UndoProvider } from './undo'

function Rooms() {
  return (
    <UndoProvider>
      <Outlet />
    </UndoProvider>
  )
}

export const projectRoutes: RouteObject[] = [
  {
    path: 'projects',
    element: <Rooms />,
    children: [
      { index: true, element: <PipelinePage /> },
      { path: 'board', element: <BoardPage /> },
      { path: 'matrix', element: <MatrixPage /> },
      { path: ':id', element: <ProjectPage /> },
    ],
  },
]
