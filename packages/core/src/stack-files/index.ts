export { checkStack, type CheckedComponent, type StackCheck } from './check-stack.ts'
export { assertMadeForCore } from '../plugin/core-range.ts'
export { assertPortVersion, loadComponent, portCommand } from '../plugin/load-plugin.ts'
export { createComponent, type ComponentCreation } from '../plugin/create-component.ts'
export { isPathUse } from '../plugin/plugin-file.ts'
export { useParts } from '../plugin/resolve-plugin.ts'
export { isMarkedSecret } from '../stack/option-schema.ts'
export { isSecretReference } from '../stack/option-secrets.ts'
export { componentOptions, type GivenOptions } from '../stack/component-options.ts'
export {
  CONTENT_COMPONENT,
  installedComponents,
  installedPluginNames,
  pluginComponents,
  pluginComponentsInTime,
  pluginPackages,
  shortUse,
  type InstalledComponent,
} from './installed-plugins.ts'
export type { LoadLimit } from './load-limit.ts'
export { loadStackFile, readStackText, type FileStack } from './load-stack-file.ts'
export { movedParts, type MovedPart } from './moved-parts.ts'
export { stackLockFile, withStacksLocked } from './lock-stacks.ts'
export { componentOptionSchema, componentSettingsSchema, secretOptions } from './component-schemas.ts'
export { writeStackSchema } from './write-stack-schema.ts'
export { STACK_PORTS, type StackPort, type StackValues } from './stack-schema.ts'
export { changedStackText, isJsonFile, newStackText, type StackChanges } from './stack-text.ts'
