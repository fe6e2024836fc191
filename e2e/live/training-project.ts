import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

/**
 * Steps that run at the same time until a file called `go` appears, a quick one before them, and one after. `left` tells
 * how far it is, `right` prints.
 */
const PIPELINE = `import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const go = async (signal: AbortSignal): Promise<void> => {
  while (!existsSync('go')) await sleep(20, undefined, { signal })
}
const load = step({ name: 'load', output: z.number() }).implement(() => 1)
const left = step({ name: 'left', inputs: { x: z.number() }, output: z.number() }).implement(
  async ({ x }, { signal, progress }) => {
    progress(0.42, 'epoch 42 of 100 with a text that is longer than what a narrow terminal has place for')
    await go(signal)
    return x + 1
  },
)
const right = step({ name: 'right', inputs: { x: z.number() }, output: z.number() }).implement(
  async ({ x }, { signal, log }) => {
    console.log('right prints a line')
    console.error('and a warning \\u001B[33min yellow\\u001B[0m\\u001B[2Jwithout clearing')
    log.info('said by the logger')
    process.stdout.write('an unfinished ')
    await go(signal)
    process.stdout.write('line\\n')
    return x + 2
  },
)
const sum = step({ name: 'sum', inputs: { a: z.number(), b: z.number() }, output: z.number() }).implement(
  ({ a, b }) => {
    console.log('sum prints alone')
    return a + b
  },
)

export const training = pipeline({
  name: 'training',
  build: () => {
    const x = load()
    return sum({ a: left({ x }), b: right({ x }) })
  },
})
`

/** A project of these steps. */
export function trainingProject(): TemporaryProject {
  return temporaryProject({
    'pipeline.ts': PIPELINE,
    'main.ts': `import { training } from './pipeline.ts'
const run = await training.run()
console.log(\`the result is \${await run.result.load()}\`)
`,
  })
}

/** A project of equal steps that all run at the same time until a file called `go` appears. */
export function manyStepsProject(count: number): TemporaryProject {
  return temporaryProject({
    'main.ts': `import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineStack, pipeline, step } from 'cairnml'
import { z } from 'zod'

const many = step({ name: 'many', params: z.object({ number: z.number() }), cache: false }).implement(
  async ({ number }, { signal }) => {
    while (!existsSync('go')) await sleep(50, undefined, { signal })
    console.log(\`prints \${number}\`)
  },
)
const stack = defineStack({ name: 'wide', orchestrator: { use: 'local', concurrency: ${count} } })
export const p = pipeline({
  name: 'p',
  build: () => {
    for (let number = 0; number < ${count}; number++) many({ number })
  },
})
await p.run({}, { stack })
`,
  })
}
