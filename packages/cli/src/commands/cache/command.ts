import { nearestName } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { usageError } from '../../flags/parse-flags.ts'
import { CACHE_HELP } from './cache-help.ts'

/** Every command on the cache by its name; none is loaded before it is called. */
export const CACHE_COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  ls: async () => (await import('./list.ts')).listCommand,
  stats: async () => (await import('./stats.ts')).statsCommand,
  rm: async () => (await import('./remove.ts')).removeCommand,
  prune: async () => (await import('./prune.ts')).pruneCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  accept: async () => (await import('./accept.ts')).acceptCommand,
}

/** `cairn cache`: the commands on the cache. */
export const cacheCommand: Command = async ([name, ...rest], environment) => {
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(CACHE_HELP)
    return 0
  }
  const load = Object.hasOwn(CACHE_COMMANDS, name) ? CACHE_COMMANDS[name] : undefined
  if (load === undefined) {
    const nearest = nearestName(name, Object.keys(CACHE_COMMANDS))
    const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
    throw usageError(`There is no command "cache ${name}".${meant}`)
  }
  return (await load())(rest, environment)
}
