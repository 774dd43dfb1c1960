/** The portfolio's rooms, loaded when the first of them is opened, with the tabs that other features bring to a project's page. */
import { useRoutes } from 'react-router'
import { filesTab } from '../features/files'
import { mapTab } from '../features/map'
import { mapRoutes } from '../features/map/routes'
import { projectRoutes } from '../features/projects'
import { type ProjectTab, ProjectTabs } from '../shared/project'

/** The feature gives its routes with their own first part, which this one has already taken; the map's stand beside them. */
const below = projectRoutes.map(({ element, children }) => ({ element, children: [...mapRoutes, ...(children ?? [])] }))

const TABS: readonly ProjectTab[] = [mapTab, filesTab]

export function Component() {
  return <ProjectTabs value={TABS}>{useRoutes(below)}</ProjectTabs>
}
