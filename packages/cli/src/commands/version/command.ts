import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { HELP } from '../../help.ts'

const OPTIONS = {
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn version`: which Cairn runs on what. */
export const versionCommand: Command = async (argv, { version }) => {
  const { values, positionals } = parseFlags(argv, OPTIONS)
  const [extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn version\` takes no "${extra}".`)
  const facts = { cairn: version, node: process.version, platform: `${process.platform}-${process.arch}` }
  if (values.help === true) process.stdout.write(HELP)
  else if (values.json === true) process.stdout.write(`${JSON.stringify({ format: 'cairn.version/1', ...facts })}\n`)
  else process.stdout.write(`cairn ${facts.cairn}\nnode ${facts.node}\nplatform ${facts.platform}\n`)
  return 0
}
