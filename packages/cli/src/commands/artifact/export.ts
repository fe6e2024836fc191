import { createClient } from '@cairnml/client'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { print, printJson } from '../../output/print.ts'
import { formatBytes } from '../../output/quantities.ts'
import { ARTIFACT_EXPORT_HELP } from './artifact-help.ts'
import { exportArtifact } from './export-artifact.ts'

/** Every option of `cairn artifact export`. */
export const ARTIFACT_EXPORT_OPTIONS = {
  force: { type: 'boolean' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn artifact export`: the files of an artifact under a path. */
export const artifactExportCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, ARTIFACT_EXPORT_OPTIONS)
  if (values.help === true) {
    print(ARTIFACT_EXPORT_HELP)
    return 0
  }
  const [name, to, extra] = positionals
  if (name === undefined || to === undefined || to === '') {
    throw usageError('`cairn artifact export` needs an artifact and a path.')
  }
  if (extra !== undefined)
    throw usageError(`\`cairn artifact export\` takes one artifact and a path; "${extra}" is too much.`)
  await using client = await createClient({ fallbackDirs, stack: values.stack })
  const artifact = await client.artifact(name)
  const path = await exportArtifact(artifact, to, { force: values.force === true })
  const { digest, size } = artifact.artifact
  if (values.json === true) printJson('cairn.export/1', { name: artifact.name, digest, size, path })
  else print(`Exported ${artifact.name} (${formatBytes(size)}) to ${path}\n`)
  return 0
}
