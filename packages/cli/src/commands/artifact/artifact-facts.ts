import type { StoredArtifact } from '@cairnml/client'

import { usageError } from '../../flags/parse-flags.ts'

const SHORT_DIGEST = 12

/** The type as people read it: that of a list names its items. */
export function typeText({ artifact }: StoredArtifact): string {
  return artifact.kind === 'collection' ? `list<${artifact.type}> (${artifact.count})` : artifact.type
}

/** The beginning of a digest, which the commands take for the whole. */
export function shortDigest(digest: string): string {
  return digest.slice(0, SHORT_DIGEST)
}

/**
 * The artifact that a command is given.
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function namedArtifact(command: string, [name, extra]: readonly string[]): string {
  if (name === undefined) throw usageError(`\`cairn artifact ${command}\` needs an artifact, like last/train/model.`)
  if (extra !== undefined) throw usageError(`\`cairn artifact ${command}\` takes one artifact; "${extra}" is too much.`)
  return name
}
