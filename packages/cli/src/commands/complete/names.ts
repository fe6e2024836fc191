import { readdir } from 'node:fs/promises'
import nodePath from 'node:path'

import { createClient, RUN_FIELDS, type Client, type StoredRun } from '@cairnml/client'
import { definedPipelines, openProject, projectDirs } from '@cairnml/engine'

import type { CommandEnvironment } from '../../command.ts'
import type { AskedWord } from './asked-word.ts'
import type { Completion } from './completion.ts'

/** So many runs are offered, and looked at for what runs have. */
const NEWEST = 50

/** The pipelines that files of the project define. */
export async function definedNames(): Promise<readonly Completion[]> {
  return (await definedPipelines(await openProject())).map((value) => ({ value, text: 'pipeline of a file' }))
}

/** The pipelines that have been run. */
export function recordedPipelines(asked: AskedWord, environment: CommandEnvironment): Promise<readonly Completion[]> {
  return reading(asked, environment, async (client) =>
    (await client.pipelines()).map(({ name }) => ({ value: name, text: 'pipeline that has been run' })),
  )
}

/** Runs whose names begin as it is typed, newest first, and other ways to name one. */
export function runNames(asked: AskedWord, environment: CommandEnvironment): Promise<readonly Completion[]> {
  return reading(asked, environment, async (client) => {
    const { runs: newest } = await client.runs({ limit: NEWEST })
    const { prefix } = asked
    const runs = prefix === '' ? newest : (await client.runs({ limit: NEWEST, name: prefix })).runs
    const pipelines = new Set([...newest, ...runs].map(({ pipeline }) => `${pipeline}@last`))
    return [
      { value: 'last', text: 'the newest run' },
      ...runs.map(({ name, status }) => ({ value: name, text: status })),
      ...[...pipelines].map((value) => ({ value, text: 'the newest run of the pipeline' })),
    ]
  })
}

/** The steps of the run that is given before, else of the newest one. */
export function stepNames(asked: AskedWord, environment: CommandEnvironment): Promise<readonly Completion[]> {
  const { given, help } = asked
  const at = Math.max(...help.arguments.map((args) => args.indexOf('run')))
  return reading(asked, environment, async (client) => {
    const steps = await client.run(given[at] ?? 'last').steps()
    return steps.map(({ id, status }) => ({ value: id, text: status }))
  })
}

/** `<run>/<step>/<output>`, part by part, and `<step>` of the newest run. */
export function artifactNames(asked: AskedWord, environment: CommandEnvironment): Promise<readonly Completion[]> {
  const [run = '', step, output] = asked.prefix.split('/')
  return reading(asked, environment, async (client) => {
    if (step === undefined) {
      const { runs } = await client.runs({ limit: NEWEST, ...(run === '' ? {} : { name: run }) })
      const steps = await client.run('last').steps()
      const names = ['last', ...runs.map(({ name }) => name)]
      return [
        ...steps.map(({ id }) => ({ value: id, text: 'step of the newest run' })),
        ...names.map((name) => ({ value: `${name}/`, text: 'run', isPart: true })),
      ]
    }
    const found = await client.run(run)
    if (output === undefined) return (await found.steps()).map(({ id }) => ({ value: `${run}/${id}`, text: 'step' }))
    const { outputs } = await found.step(step)
    return Object.keys(outputs).map((name) => ({ value: `${run}/${step}/${name}`, text: 'output' }))
  })
}

/** Names of parameters (as `name=`) or metrics, or the tags, of the newest runs. */
export function factNames(
  kind: 'params' | 'metrics' | 'tags',
  asked: AskedWord,
  environment: CommandEnvironment,
): Promise<readonly Completion[]> {
  return reading(asked, environment, async (client) => {
    const { runs } = await client.runs({ limit: NEWEST })
    const names = new Set(runs.flatMap((run) => (kind === 'tags' ? run.tags : Object.keys(run[kind]))))
    if (kind === 'params') return [...names].map((name) => ({ value: `${name}=`, isPart: true }))
    return [...names].map((value) => ({ value }))
  })
}

/** The fields by which runs are sorted, shown and compared. */
export function fieldNames(asked: AskedWord, environment: CommandEnvironment): Promise<readonly Completion[]> {
  return reading(asked, environment, async (client) => {
    const { runs } = await client.runs({ limit: NEWEST }).catch(() => ({ runs: [] as readonly StoredRun[] }))
    const facts = runs.flatMap((run) => [
      ...Object.keys(run.params).map((name) => `params.${name}`),
      ...Object.keys(run.metrics).map((name) => `metrics.${name}`),
    ])
    return [...RUN_FIELDS, ...new Set(facts)].map((value) => ({ value }))
  })
}

/** The stacks that have a file, and the one that needs none. */
export async function stackNames(): Promise<readonly Completion[]> {
  const files = await readdir(nodePath.join(projectDirs().projectDir, 'stacks')).catch(() => [])
  const names = files.flatMap((file) => /^(.+)\.(?:ya?ml|json)$/.exec(file)?.[1] ?? [])
  return ['default', ...names].map((value) => ({ value }))
}

/** The plugins that the project names. */
export async function pluginNames(): Promise<readonly Completion[]> {
  const { pluginPackages } = await import('@cairnml/core/stack-files')
  return pluginPackages(projectDirs().projectDir).map((value) => ({ value, text: 'plugin' }))
}

/** Reads the stack that is given before the word, else the one that is used. */
async function reading<T>(
  { used }: AskedWord,
  { fallbackDirs }: CommandEnvironment,
  read: (client: Client) => Promise<T>,
): Promise<T> {
  await using client = await createClient({ fallbackDirs, stack: used.get('--stack') })
  return await read(client)
}
