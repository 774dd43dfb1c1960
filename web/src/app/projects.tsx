/** The portfolio's rooms, loaded when the first of them is opened. */
import { useRoutes } from 'react-router'
import { projectRoutes } from '../features/projects'

/** The feature gives its routes with their own first part, which this one has already taken. */
const below = projectRoutes.map(({ element, children }) => ({ element, ...(children ? { children } : {}) }))

export function Component() {
  return useRoutes(below)
}
