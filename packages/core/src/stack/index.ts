export { openStack, type OpenStack, type StackEnvironment } from './open-stack.ts'
export {
  checkedSettings,
  SETTABLE_PORTS,
  takesSettings,
  type CheckedSettings,
  type GivenSettings,
  type SettablePort,
} from './component-settings.ts'
export { projectDirs, type ProjectDirs } from './project-dirs.ts'
export type { PluginSearch } from '../plugin/resolve-plugin.ts'
export { isInline } from './define-stack.ts'
export { openProject, type OpenProject } from './open-project.ts'
export { namedStack, resolveStack, unknownStack, type ChosenStack } from './resolve-stack.ts'
export {
  activeStack,
  activeStackFile,
  chooseStack,
  stackReason,
  type StackChoice,
  type StackSource,
} from './stack-choice.ts'
export {
  isStackPath,
  STACK_FOLDER,
  stackEntries,
  stackFile,
  stackNameOf,
  stackNames,
  type StackEntry,
} from './stack-folder.ts'
export { isSamePart } from './same-part.ts'
export type { StackPlace } from './stack-place.ts'
export { isWritten, loadPart, partOptions, PORT_TOKENS, stackParts, type StackPart } from './stack-parts.ts'
