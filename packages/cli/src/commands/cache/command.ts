import type { Command } from '../../command.ts'
import { subCommands, type SubCommands } from '../../sub-commands.ts'
import { CACHE_HELP } from './cache-help.ts'

/** Every command on the cache by its name; none is loaded before it is called. */
export const CACHE_COMMANDS: SubCommands = {
  ls: async () => (await import('./list.ts')).listCommand,
  stats: async () => (await import('./stats.ts')).statsCommand,
  rm: async () => (await import('./remove.ts')).removeCommand,
  prune: async () => (await import('./prune.ts')).pruneCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  accept: async () => (await import('./accept.ts')).acceptCommand,
}

/** `cairn cache`: the commands on the cache. */
export const cacheCommand: Command = subCommands('cache', { commands: CACHE_COMMANDS, help: CACHE_HELP })
