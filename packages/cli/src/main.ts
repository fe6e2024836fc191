import { cairnError, isCairnError, nearestName, outliveClosedPipes } from '@cairnml/core'

import { COMMANDS, HIDDEN_COMMANDS } from './command-table.ts'
import { HELP } from './help.ts'
import { endWith, watchEarlyEnd } from './output/early-end.ts'
import { printError } from './output/print-error.ts'
import type { CommandEnvironment } from './command.ts'
import { reserveStandardOutput, standardOutput } from './output/standard-output.ts'

/** Commands that open no stack, and so load no component of the project. */
const WITHOUT_STACK: ReadonlySet<string> = new Set(['init', 'completion', 'complete', 'version'])

/** Commands that execute steps: what these print is shown, except where a program reads. */
const EXECUTING: ReadonlySet<string> = new Set(['run', 'sweep', 'cache'])

/**
 * Runs the command that a command line names.
 *
 * @returns the exit code: 0 done, 1 a step failed, 2 wrong call or configuration, 130 and 143 interrupted
 */
export async function main(argv: readonly string[], environment: CommandEnvironment): Promise<number> {
  outliveClosedPipes()
  const output = { json: argv.includes('--json'), debug: argv.includes('--debug') }
  if (output.json) reserveStandardOutput()
  const [name, ...rest] = argv
  try {
    if (name === undefined || name === '--help' || name === '-h') {
      standardOutput().write(HELP)
      return 0
    }
    if (name === '--version') {
      standardOutput().write(`${environment.version}\n`)
      return 0
    }
    const load = [COMMANDS, HIDDEN_COMMANDS].find((table) => Object.hasOwn(table, name))?.[name]
    if (load === undefined) throw unknownCommand(name)
    const { command } = await load()
    if (!WITHOUT_STACK.has(name)) (await import('./load-typescript.ts')).loadTypeScript()
    if (!EXECUTING.has(name)) reserveStandardOutput()
    using _end = watchEarlyEnd(name, output)
    return endWith(await command(rest, environment))
  } catch (error) {
    printError(error, output)
    return endWith(isCairnError(error) ? error.exitCode : 2)
  }
}

function unknownCommand(name: string): Error {
  const nearest = nearestName(name, Object.keys(COMMANDS))
  const problem = `There is no command "${name}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`
  return cairnError('CAIRN_COMMAND_USAGE', { problem })
}
