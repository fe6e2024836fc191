import { nearestName } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { usageError } from '../../flags/parse-flags.ts'
import { STACK_HELP } from './stack-help.ts'

/** Every command on stacks by its name; none is loaded before it is called. */
export const STACK_COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
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
export const stackGroupCommand: Command = async ([name, ...rest], environment) => {
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(STACK_HELP)
    return 0
  }
  const load = Object.hasOwn(STACK_COMMANDS, name) ? STACK_COMMANDS[name] : undefined
  if (load === undefined) {
    const nearest = nearestName(name, Object.keys(STACK_COMMANDS))
    const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
    throw usageError(`There is no command "stack ${name}".${meant}`)
  }
  return (await load())(rest, environment)
}
