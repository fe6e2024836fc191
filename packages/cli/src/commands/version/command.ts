import type { Command } from '../../command.ts'

/** `cairn version`: which Cairn runs on what. */
export const versionCommand: Command = async (argv, { version }) => {
  const facts = { cairn: version, node: process.version, platform: `${process.platform}-${process.arch}` }
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ format: 'cairn.version/1', ...facts })}\n`)
  else process.stdout.write(`cairn ${facts.cairn}\nnode ${facts.node}\nplatform ${facts.platform}\n`)
  return 0
}
