import { CACHE_MODES, FAILURE_MODES, PROGRESS_MODES, STATUSES } from '@cairnml/core'

import type { CommandEnvironment } from '../../command.ts'
import type { AskedWord } from './asked-word.ts'
import type { Completion } from './completion.ts'
import { folders, modules, paths } from './files.ts'
import type { HelpOption, HelpShape } from '../../help-text/help-shape.ts'

/** Where completions come from. */
export type CompletionSource = (asked: AskedWord, environment: CommandEnvironment) => Promise<readonly Completion[]>

const of =
  (...values: readonly string[]): CompletionSource =>
  async () =>
    values.map((value) => ({ value }))

const pipelines: CompletionSource = async (asked, environment) => {
  const { definedNames, recordedPipelines } = await import('./names.ts')
  // A command that takes files can run a pipeline that has not been run.
  const takesFiles = asked.help.arguments.flat().includes('file')
  const defined = takesFiles ? await definedNames().catch(() => []) : []
  return [...defined, ...(await recordedPipelines(asked, environment).catch(() => []))]
}
const runs: CompletionSource = async (asked, environment) => (await import('./names.ts')).runNames(asked, environment)
const steps: CompletionSource = async (asked, environment) => (await import('./names.ts')).stepNames(asked, environment)
const artifacts: CompletionSource = async (asked, environment) =>
  (await import('./names.ts')).artifactNames(asked, environment)
const facts =
  (kind: 'params' | 'metrics' | 'tags'): CompletionSource =>
  async (asked, environment) =>
    (await import('./names.ts')).factNames(kind, asked, environment)
const fields: CompletionSource = async (asked, environment) =>
  (await import('./names.ts')).fieldNames(asked, environment)
const plugins: CompletionSource = async () => (await import('./names.ts')).pluginNames()
const stacks: CompletionSource = async (asked) =>
  asked.prefix.includes('/') ? paths(asked) : (await import('./names.ts')).stackNames()

const components: CompletionSource = async () =>
  (await import('@cairnml/core/stack-files')).STACK_PORTS.map((value) => ({ value }))
const topics: CompletionSource = async () => {
  const { COMMANDS } = await import('../../command-table.ts')
  const { errorCodes } = await import('../help/error-pages.ts')
  return [...Object.keys(COMMANDS), ...(await errorCodes())].map((value) => ({ value }))
}

/** What an argument may be, by its name in the usage. */
const ARGUMENTS: Readonly<Record<string, CompletionSource>> = {
  file: modules,
  folder: folders,
  path: paths,
  pipeline: pipelines,
  run: runs,
  step: steps,
  what: steps,
  artifact: artifacts,
  stack: stacks,
  component: components,
  plugin: plugins,
  topic: topics,
  shell: of('bash', 'zsh', 'fish'),
}

/** What the value of an option may be, by what stands for it in the help. */
const VALUES: Readonly<Record<string, CompletionSource>> = {
  FILE: paths,
  PATH: paths,
  RUN: runs,
  STEP: steps,
  PIPELINE: pipelines,
  STACK: stacks,
  TAG: facts('tags'),
  STATUS: of(...STATUSES),
  FIELD: fields,
  FIELDS: fields,
  'NAME=VALUE': facts('params'),
  'NAME=VALUES': facts('params'),
}

/** The same for options whose value their help only calls a name, a mode or the like. */
const OPTIONS: Readonly<Record<string, CompletionSource>> = {
  '--cache': of(...CACHE_MODES),
  '--failure-mode': of(...FAILURE_MODES),
  '--progress': of(...PROGRESS_MODES),
  '--port': of('artifact-store', 'orchestrator', 'metadata-store', 'cache-policy', 'cache-index'),
  '--goal': of('max', 'min'),
  '--stack': stacks,
  '--pipeline': pipelines,
  '--metric': facts('metrics'),
}

/** Where the argument at a position comes from. */
export function argumentSources(help: HelpShape, at: number): readonly CompletionSource[] {
  const names = help.arguments.map((args) => args[at] ?? (help.isOpen ? args.at(-1) : undefined))
  return [...new Set(names)].flatMap((name) => (name === undefined ? [] : (ARGUMENTS[name] ?? [])))
}

/** Where the value of an option comes from. */
export function optionSources({ name, value = '' }: HelpOption): readonly CompletionSource[] {
  return [OPTIONS[name] ?? VALUES[value]].filter((source) => source !== undefined)
}
