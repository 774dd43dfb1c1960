export * from './PageHead'
export type { ScopePart } from './ScopeBar'
export { Mark } from './icons'
