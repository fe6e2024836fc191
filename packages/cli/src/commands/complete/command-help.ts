import { COMMANDS } from '../../command-table.ts'
import type { CommandEnvironment } from '../../command.ts'
import { HELP } from '../../help.ts'
import { helpShape, type HelpShape } from '../../help-text/help-shape.ts'
import { standardOutput } from '../../output/standard-output.ts'

/**
 * The help of a command, as the command itself prints it.
 *
 * @param path its words: `['run', 'list']`, or none for `cairn`
 * @returns `undefined` for a command that there is not
 */
export async function commandHelp(
  path: readonly string[],
  environment: CommandEnvironment,
): Promise<HelpShape | undefined> {
  const [name, ...rest] = path
  if (name === undefined) return helpShape(HELP, path)
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) return undefined
  const { command } = await load()
  const printed = await printedBy(() => command([...rest, '--help'], environment))
  return helpShape(printed, path)
}

/** What a command prints, where nothing is printed meanwhile. */
async function printedBy(work: () => Promise<unknown>): Promise<string> {
  const stdout = standardOutput()
  const write = stdout.write.bind(stdout)
  let printed = ''
  stdout.write = (chunk: string | Uint8Array): boolean => {
    printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    return true
  }
  try {
    await work()
  } finally {
    stdout.write = write
  }
  return printed
}
