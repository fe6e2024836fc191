import type { Command } from '../../command.ts'
import { subCommands, type SubCommands } from '../../sub-commands.ts'
import { STACK_HELP } from './stack-help.ts'

/** Every command on stacks by its name; none is loaded before it is called. */
export const STACK_COMMANDS: SubCommands = {
  list: async () => (await import('./list.ts')).listCommand,
  get: async () => (await import('./get.ts')).getCommand,
  set: async () => (await import('./set.ts')).setCommand,
  describe: async () => (await import('./describe.ts')).describeCommand,
  validate: async () => (await import('./validate.ts')).validateCommand,
  register: async () => (await import('./register.ts')).registerCommand,
  update: async () => (await import('./update.ts')).updateCommand,
  'remove-component': async () => (await import('./remove-component.ts')).removeComponentCommand,
  rename: async () => (await import('./rename.ts')).renameCommand,
  copy: async () => (await import('./copy.ts')).copyCommand,
  delete: async () => (await import('./delete.ts')).deleteCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  import: async () => (await import('./import.ts')).importCommand,
}

/** `cairn stack`: the commands on stacks. */
export const stackGroupCommand: Command = subCommands('stack', { commands: STACK_COMMANDS, help: STACK_HELP })
