/** The portfolio's rooms, loaded when the first of them is opened. */
import { useRoutes } from 'react-router'
import { mapRoutes } from '../features/map/routes'
import { projectRoutes } from '../features/projects'

/** The feature gives its routes with their own first part, which this one has already taken; the map's stand beside them. */
const below = projectRoutes.map(({ element, children }) => ({ element, children: [...mapRoutes, ...(children ?? [])] }))

export function Component() {
  return useRoutes(below)
}
