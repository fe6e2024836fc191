import { createClient, type StoredArtifact, type StoredStep } from '@cairnml/client'
import { nearestName } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { print, printJson } from '../../output/print.ts'
import { formatBytes } from '../../output/quantities.ts'
import { formatTable } from '../../output/table.ts'
import { fitsGlob } from '../../read/glob.ts'
import { shortDigest, typeText } from './artifact-facts.ts'
import { ARTIFACT_LIST_HELP } from './artifact-help.ts'

/** Every option of `cairn artifact list`. */
export const ARTIFACT_LIST_OPTIONS = {
  steps: { type: 'string' },
  type: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

interface Listed {
  readonly step: string
  readonly output: string
  readonly artifact: StoredArtifact
}

/** `cairn artifact list`: what the steps of a run have made. */
export const artifactListCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, ARTIFACT_LIST_OPTIONS)
  if (values.help === true) {
    print(ARTIFACT_LIST_HELP)
    return 0
  }
  const [name, extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn artifact list\` takes one run; "${extra}" is too much.`)
  const { steps: pattern = '*', type } = values
  await using client = await createClient({ fallbackDirs, stack: values.stack })
  const run = await client.run(name)
  const all = await run.steps()
  const ofSteps = all
    .filter(({ id, step }) => fitsGlob(id, pattern) || fitsGlob(step, pattern))
    .flatMap(({ id, outputs }) =>
      Object.entries(outputs).map(([output, artifact]): Listed => ({ step: id, output, artifact })),
    )
  const found = ofSteps.filter(({ artifact }) => type === undefined || isOfType(artifact, type))
  if (values.json === true) {
    const artifacts = found.map(({ step, output, artifact }) => ({ step, output, ...artifact.artifact }))
    printJson('cairn.artifact-list/1', { run: run.name, artifacts })
  } else if (found.length > 0) print(tableOf(found))
  else process.stderr.write(`${nothingText({ run: run.name, pattern, type, all, ofSteps })}\n`)
  return 0
}

interface EmptyList {
  readonly run: string
  readonly pattern: string
  readonly type: string | undefined
  readonly all: readonly StoredStep[]
  /** Of the steps that fit. */
  readonly ofSteps: readonly Listed[]
}

/** Says on one line why no artifact is listed. */
function nothingText({ run, pattern, type, all, ofSteps }: EmptyList): string {
  const ids = all.map(({ id }) => id)
  if (pattern !== '*' && !all.some(({ id, step }) => fitsGlob(id, pattern) || fitsGlob(step, pattern))) {
    const nearest = nearestName(pattern, ids)
    const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
    return `No step of run ${run} fits "${pattern}".${meant}`
  }
  const which = pattern === '*' ? `Run ${run} has` : `The steps of run ${run} that fit "${pattern}" have`
  if (type === undefined || ofSteps.length === 0) return `${which} no artifacts.`
  const types = [...new Set(ofSteps.map(({ artifact }) => artifact.artifact.type))]
  return `${which} no artifacts of type "${type}"; there are ${types.join(', ')}.`
}

function isOfType({ artifact }: StoredArtifact, type: string): boolean {
  return artifact.type === type || artifact.type.slice(0, artifact.type.lastIndexOf('@')) === type
}

function tableOf(found: readonly Listed[]): string {
  const columns = [
    { title: 'STEP' },
    { title: 'OUTPUT' },
    { title: 'TYPE' },
    { title: 'SIZE', align: 'right' },
    { title: 'DIGEST' },
  ] as const
  return formatTable(
    columns,
    found.map(({ step, output, artifact }) => [
      step,
      output,
      typeText(artifact),
      formatBytes(artifact.artifact.size),
      shortDigest(artifact.artifact.digest),
    ]),
  )
}
