import { nearestName } from '@cairnml/core'

import type { Command } from './command.ts'
import { usageError } from './flags/parse-flags.ts'
import { standardOutput } from './output/standard-output.ts'

/** Commands by their names; none is loaded before it is called. */
export type SubCommands = Readonly<Record<string, () => Promise<Command>>>

/** A command that only has commands: `cairn cache`, `cairn pipeline`. */
export function subCommands(group: string, { commands, help }: { commands: SubCommands; help: string }): Command {
  return async ([name, ...rest], environment) => {
    if (name === undefined || name === '--help' || name === '-h') {
      standardOutput().write(help)
      return 0
    }
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (load === undefined) {
      const nearest = nearestName(name, Object.keys(commands))
      const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
      throw usageError(`There is no command "${group} ${name}".${meant}`)
    }
    return (await load())(rest, environment)
  }
}
