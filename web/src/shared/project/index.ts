export * from './tabs'
