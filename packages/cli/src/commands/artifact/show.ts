import { createClient, localTime, type StoredArtifact } from '@cairnml/client'
import type { ArtifactFile } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { parseFlags } from '../../flags/parse-flags.ts'
import { plainLines, plainText } from '../../output/plain-text.ts'
import { print, printJson } from '../../output/print.ts'
import { formatBytes } from '../../output/quantities.ts'
import { READ_OPTIONS } from '../../read/read-options.ts'
import { namedArtifact, shortDigest, typeText } from './artifact-facts.ts'
import { ARTIFACT_SHOW_HELP } from './artifact-help.ts'

const MOST_FILES = 20

/** Who made an artifact, as the lineage has it. */
interface Maker {
  readonly run: string
  readonly invocation: string
  readonly startedAt: number
}

/** `cairn artifact show`: what is known of an artifact. */
export const artifactShowCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, READ_OPTIONS)
  if (values.help === true) {
    print(ARTIFACT_SHOW_HELP)
    return 0
  }
  const name = namedArtifact('show', positionals)
  await using client = await createClient({ fallbackDirs, stack: values.stack })
  const artifact = await client.artifact(name)
  const files = await artifact.files()
  const [maker] = (await artifact.lineage({ limit: 1 })).steps
  const madeBy: Maker | undefined = maker && {
    run: maker.run,
    invocation: maker.invocation,
    startedAt: maker.startedAt,
  }
  if (values.json === true) printJson('cairn.artifact/1', { name: artifact.name, ...artifact.artifact, files, madeBy })
  else print(artifactText(artifact, files, madeBy))
  return 0
}

function artifactText(stored: StoredArtifact, files: readonly ArtifactFile[], madeBy: Maker | undefined): string {
  const { digest, size, metadata = {}, preview } = stored.artifact
  const facts = Object.entries(metadata).map(([name, value]) => `  ${plainText(`${name} ${JSON.stringify(value)}`)}`)
  const listed = files.slice(0, MOST_FILES).map(({ path, size: of }) => `  ${plainText(path)}  ${formatBytes(of)}`)
  const left = files.length - MOST_FILES
  return [
    `Artifact ${plainText(stored.name)}: ${typeText(stored)}, ${formatBytes(size)}`,
    `  digest ${digest} (${shortDigest(digest)} is enough)`,
    madeBy === undefined
      ? '  from outside, or made by a step that is not recorded here'
      : `  made by ${madeBy.invocation} in run ${madeBy.run} at ${localTime(madeBy.startedAt)}`,
    ...facts,
    ...(files.length > 1 ? [`${files.length} files:`, ...listed] : []),
    ...(left > 0 ? [`  and ${left} more`] : []),
    ...(preview === undefined || preview.kind === 'image' ? [] : [plainLines(preview.text)]),
  ]
    .map((line) => `${line}\n`)
    .join('')
}
