import { usageError } from '../../flags/parse-flags.ts'

/**
 * The pipeline that a command is given.
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function namedPipeline(command: string, [name, extra]: readonly string[]): string {
  if (name === undefined) throw usageError(`\`cairn pipeline ${command}\` needs the name of a pipeline.`)
  if (extra !== undefined) throw usageError(`\`cairn pipeline ${command}\` takes one pipeline; "${extra}" is too much.`)
  return name
}
