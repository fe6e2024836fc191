import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** What `cairn version --help` prints. */
const VERSION_HELP = `Print the versions of Cairn, Node and the platform.

Usage: cairn version [options]

Options:
  --json      Print JSON (cairn.version/1)
  --debug     Print stacks with errors
  -h, --help  Print this help

\`cairn --version\` prints the version of Cairn alone.
`

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
  if (values.help === true) standardOutput().write(VERSION_HELP)
  else if (values.json === true) standardOutput().write(`${JSON.stringify({ format: 'cairn.version/1', ...facts })}\n`)
  else standardOutput().write(`cairn ${facts.cairn}\nnode ${facts.node}\nplatform ${facts.platform}\n`)
  return 0
}
