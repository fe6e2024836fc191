import { list, materializer, pipeline, step } from '@cairnml/core'
import { z } from 'zod'

import { Trial, type NamedCode, type TrialParts } from '../trial/trial.fixture.ts'
import { pushArtifacts, type PushRequest } from './push-artifacts.ts'
import type { PushReport } from './push-report.ts'

/** Which steps executed. */
export const calls: string[] = []

const pair = materializer<readonly [string, string]>({
  name: 'pair',
  version: 1,
  write: async ([a, b], files) => {
    await files.write('a.txt', a)
    await files.write('deep/b.txt', b)
  },
  read: async (files) => [await files.text('a.txt'), await files.text('deep/b.txt')],
})

let made = 0
const split = step({ name: 'split', outputs: { rows: list(z.number()), names: pair } }).implement((_, { log }) => {
  calls.push('split')
  log.info('splitting')
  // Other bytes each time: who does not reuse this result reuses none that was made from it.
  made += 1
  return { rows: [1, 2, made], names: ['left', 'right'] as const }
})
const fit = step({ name: 'fit', inputs: { rows: list(z.number()), names: pair }, output: z.string() }).implement(
  ({ rows, names }) => {
    calls.push('fit')
    return `${names.join('/')} ${rows.length}`
  },
)
const report = step({ name: 'report', inputs: { model: z.string() }, output: z.string(), cache: false }).implement(
  ({ model }) => {
    calls.push('report')
    return `# ${model}`
  },
)

/** A list, a tree, files, a log, and a result that is not reusable. */
export const whole = pipeline({
  name: 'whole',
  build: () => {
    const { rows, names } = split()
    return report({ model: fit({ rows, names }) })
  },
})

/** What the run of a trial executes. */
export async function executed(trial: Trial): Promise<readonly string[]> {
  calls.length = 0
  await trial.run(whole)
  return [...calls]
}

/** A stack of its own name that runs the same code as others. */
export function sideOf(name: string, code: NamedCode, parts: TrialParts = {}): Trial {
  const trial = new Trial({ ...parts, code })
  Object.assign(trial, { stack: { ...trial.stack, name } })
  return trial
}

/** Pushes from one trial to another. */
export function push(from: Trial, to: Trial, options: Partial<PushRequest> = {}): Promise<PushReport> {
  return pushArtifacts({ environment: { fallbackDirs: [] }, stack: from.stack, to: to.stack, ...options })
}
