export { Container, type Provider } from '../container/container.ts'
export { openStack, type OpenStack, type StackEnvironment } from './open-stack.ts'
export type { PluginSearch } from '../plugin/resolve-plugin.ts'
