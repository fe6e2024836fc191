import path from 'node:path'

import { REPOSITORY } from '../project/installed-packages.ts'
import { temporaryProject, type RunOptions, type TemporaryProject } from '../project/temporary-project.ts'

const CAIRNML = path.join(REPOSITORY, 'packages/cairnml')

/** How long the single step works and how: asleep, or keeping its thread busy. */
export interface Work {
  readonly ms: number
  readonly busy?: boolean
}

/**
 * A project with one step, which says `WORKING` when it begins to work and gives a number by chance.
 *
 * @param leaseMs how long the holder of a lease may be silent
 */
export function singleProject(leaseMs: number): TemporaryProject {
  return temporaryProject({
    'steps.ts': `import { setTimeout } from 'node:timers/promises'
import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const params = z.object({ ms: z.number(), busy: z.boolean() })
const ignore = { env: ['CLOCK_SHIFT_MS'] }
const work = step({ name: 'work', params, output: z.number(), ignore }).implement(async ({ ms, busy }) => {
  ran('work')
  process.stdout.write('WORKING\\n')
  const begun = performance.now()
  while (busy && performance.now() - begun < ms);
  if (!busy) await setTimeout(ms)
  return Math.random()
})
export const single = pipeline({
  name: 'single',
  params: z.object({ ms: z.number(), busy: z.boolean().default(false) }),
  build: (given) => work(given),
})
`,
    'main.ts': `import { setRunner } from '@cairnml/core'
import { runPipeline } from '@cairnml/engine'
import { single } from './steps.ts'

const environment = { fallbackDirs: [${JSON.stringify(CAIRNML)}], leaseMs: ${leaseMs} }
setRunner({ run: (pipeline, args, options) => runPipeline({ pipeline, args, options, environment }) })
const run = await single.run(JSON.parse(process.argv[2] ?? ''))
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
    'skewed-clock.mjs': `const real = Date.now
Date.now = () => real() + Number(process.env.CLOCK_SHIFT_MS)
`,
  })
}

/** How a process that needs the result of this work is started. */
export function needing(work: Work): RunOptions {
  return { node: true, args: [JSON.stringify(work)] }
}
