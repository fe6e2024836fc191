import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

/** The file of the pipeline. */
export const PIPELINE = 'pipeline.ts'

/**
 * A project whose pipeline loads a text of `size` characters, takes its parts as a list, and reports on them without
 * cache. With the parameter `gate`, reporting waits until that file is there.
 */
export function storeProject(): TemporaryProject {
  return temporaryProject({
    [PIPELINE]: `import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { list, pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const load = step({
  name: 'load',
  params: z.object({ size: z.number() }),
  output: z.string(),
}).implement(({ size }) => {
  ran('load')
  const text = 'x'.repeat(size)
  return text
})

const parts = step({ name: 'parts', inputs: { text: z.string() }, output: list(z.number()) }).implement(({ text }) => {
  ran('parts')
  return [text.length, text.length / 2]
})

const report = step({
  name: 'report',
  params: z.object({ gate: z.string() }),
  inputs: { parts: list(z.number()) },
  output: z.number(),
  cache: false,
}).implement(async ({ gate, parts }) => {
  ran('report')
  while (gate !== '' && !existsSync(gate)) await setTimeout(10)
  return parts.reduce((sum, part) => sum + part, 0)
})

export const store = pipeline({
  name: 'store',
  params: z.object({ size: z.number().default(1000), gate: z.string().default('') }),
  build: ({ size, gate }) => report({ gate, parts: parts({ text: load({ size }) }) }),
})
`,
    'main.ts': `import { store } from './pipeline.ts'

const run = await store.run({ size: 2000 })
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
  })
}

/** The status of each step of a run that was printed as JSON, and its value. */
export function statusesOf(stdout: string): Readonly<Record<string, string>> {
  const run = JSON.parse(stdout) as { readonly steps: readonly { readonly id: string; readonly status: string }[] }
  return Object.fromEntries(run.steps.map(({ id, status }) => [id, status]))
}

/** A JSON answer of the command. */
export function answer<T>(result: { readonly stdout: string }): T {
  // Sound for what the tests read of it: a wrong form fails them.
  return JSON.parse(result.stdout) as T
}

/** What `cairn cache ls --json` says of an entry, as far as the tests read it. */
export interface PrintedEntry {
  readonly id: string
  readonly kind: string
  readonly step: string
  readonly key?: string
  readonly size: number
  readonly reuses: number
  readonly accepted?: { readonly by: string; readonly reason?: string }
}

/** The entries of a project. */
export async function entriesOf(project: TemporaryProject): Promise<readonly PrintedEntry[]> {
  return answer<{ readonly entries: readonly PrintedEntry[] }>(await project.cairn(['cache', 'ls', '--json'])).entries
}
