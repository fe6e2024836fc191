import type { Command } from '../../command.ts'
import { subCommands, type SubCommands } from '../../sub-commands.ts'
import { PLUGIN_HELP } from './plugin-help.ts'

/** Every command on plugins by its name; none is loaded before it is called. */
export const PLUGIN_COMMANDS: SubCommands = {
  list: async () => (await import('./list.ts')).listCommand,
  show: async () => (await import('./show.ts')).showCommand,
  add: async () => (await import('./add.ts')).addPluginCommand,
  remove: async () => (await import('./remove.ts')).removePluginCommand,
  create: async () => (await import('./create.ts')).createCommand,
  check: async () => (await import('./check.ts')).checkCommand,
}

/** `cairn plugin`: the commands on plugins. */
export const pluginGroupCommand: Command = subCommands('plugin', { commands: PLUGIN_COMMANDS, help: PLUGIN_HELP })
