import { nearestName } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { usageError } from '../../flags/parse-flags.ts'
import { PLUGIN_HELP } from './plugin-help.ts'

/** Every command on plugins by its name; none is loaded before it is called. */
export const PLUGIN_COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  list: async () => (await import('./list.ts')).listCommand,
  show: async () => (await import('./show.ts')).showCommand,
  add: async () => (await import('./add.ts')).addPluginCommand,
  remove: async () => (await import('./remove.ts')).removePluginCommand,
  create: async () => (await import('./create.ts')).createCommand,
  check: async () => (await import('./check.ts')).checkCommand,
}

/** `cairn plugin`: the commands on plugins. */
export const pluginGroupCommand: Command = async ([name, ...rest], environment) => {
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(PLUGIN_HELP)
    return 0
  }
  const load = Object.hasOwn(PLUGIN_COMMANDS, name) ? PLUGIN_COMMANDS[name] : undefined
  if (load === undefined) {
    const nearest = nearestName(name, Object.keys(PLUGIN_COMMANDS))
    const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
    throw usageError(`There is no command "plugin ${name}".${meant}`)
  }
  return (await load())(rest, environment)
}
