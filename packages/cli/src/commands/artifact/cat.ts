import { createClient, type StoredArtifact } from '@cairnml/client'
import { builtInType } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { plainLines } from '../../output/plain-text.ts'
import { print, printBytes, printJson } from '../../output/print.ts'
import { formatBytes } from '../../output/quantities.ts'
import { namedArtifact, typeText } from './artifact-facts.ts'
import { ARTIFACT_CAT_HELP } from './artifact-help.ts'
import { valueJson, valueLines } from './value-summary.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** Every option of `cairn artifact cat`. */
export const ARTIFACT_CAT_OPTIONS = {
  raw: { type: 'boolean' },
  file: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const TEXT_FILE = /\.(?:txt|md|csv|tsv|json|ndjson|jsonl|ya?ml|html?|xml|svg|log)$/i

/** `cairn artifact cat`: the value of an artifact. */
export const artifactCatCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, ARTIFACT_CAT_OPTIONS)
  if (values.help === true) {
    print(ARTIFACT_CAT_HELP)
    return 0
  }
  const { raw = false, json = false, file } = values
  if (json && (raw || file !== undefined)) throw usageError('--json prints the value, --raw and --file print bytes.')
  const name = namedArtifact('cat', positionals)
  await using client = await createClient({ fallbackDirs, stack: values.stack })
  const artifact = await client.artifact(name)
  if (json) {
    const { digest, type } = artifact.artifact
    const value =
      isPath(artifact) || isPicture(artifact) ? { files: await artifact.files() } : valueJson(await artifact.load())
    printJson('cairn.value/1', { name: artifact.name, digest, type, value })
  } else if (raw || file !== undefined) await printBytes(artifact.stream(file))
  else await printValue(artifact)
  return 0
}

async function printValue(artifact: StoredArtifact): Promise<void> {
  const files = await artifact.files()
  const [only, another] = files
  const isText =
    artifact.artifact.type === 'text@1' || (isPath(artifact) && only !== undefined && TEXT_FILE.test(only.path))
  if (isText && only !== undefined && another === undefined) return printText(artifact)
  const { preview } = artifact.artifact
  const isKnown = builtInType(artifact.artifact.type) !== undefined && !isPicture(artifact)
  if (isKnown && !isPath(artifact)) return print(lines(valueLines(await artifact.load())))
  if (preview !== undefined && preview.kind !== 'image') return print(lines(preview.text))
  const list = files.map(({ path, size }) => `  ${path}  ${formatBytes(size)}`)
  print(
    lines(
      [`${typeText(artifact)}, ${formatBytes(artifact.artifact.size)}; --raw prints the bytes`, ...list].join('\n'),
    ),
  )
}

/** A terminal is shown what could move its cursor; a pipe gets the bytes. */
async function printText(artifact: StoredArtifact): Promise<void> {
  if (!standardOutput().isTTY) return printBytes(artifact.stream())
  const decoder = new TextDecoder()
  for await (const chunk of artifact.stream()) print(plainLines(decoder.decode(chunk, { stream: true })))
  print('\n')
}

function lines(text: string): string {
  return `${standardOutput().isTTY ? plainLines(text) : text}\n`
}

/** Files and folders load as paths of copies, which nobody wants to see here. */
function isPath({ artifact }: StoredArtifact): boolean {
  return artifact.type.startsWith('file') || artifact.type.startsWith('directory@')
}

/** The points of a picture say nothing in a terminal. */
function isPicture({ artifact }: StoredArtifact): boolean {
  return artifact.type.startsWith('image@') || artifact.type.startsWith('jpeg@')
}
