import { createClient } from '@cairnml/client'

import type { Command } from '../../command.ts'
import { parseFlags } from '../../flags/parse-flags.ts'
import { countFlag } from '../../flags/parse-quantity.ts'
import { print, printJson } from '../../output/print.ts'
import { namedArtifact } from './artifact-facts.ts'
import { ARTIFACT_LINEAGE_HELP } from './artifact-help.ts'
import { lineageText } from './lineage-text.ts'

/** Every option of `cairn artifact lineage`. */
export const ARTIFACT_LINEAGE_OPTIONS = {
  down: { type: 'boolean' },
  limit: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn artifact lineage`: what made an artifact, or who used it. */
export const artifactLineageCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, ARTIFACT_LINEAGE_OPTIONS)
  if (values.help === true) {
    print(ARTIFACT_LINEAGE_HELP)
    return 0
  }
  const name = namedArtifact('lineage', positionals)
  const limit = countFlag('--limit', values.limit, 1)
  await using client = await createClient({ fallbackDirs, stack: values.stack })
  const artifact = await client.artifact(name)
  const lineage = await artifact.lineage({ direction: values.down === true ? 'down' : 'up', limit })
  if (values.json === true) printJson('cairn.lineage/1', { name: artifact.name, ...lineage })
  else print(lineageText(artifact.name, lineage))
  return 0
}
