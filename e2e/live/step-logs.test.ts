import { describe, expect, it } from 'vitest'

import { temporaryProject, type ProjectFiles, type TemporaryProject } from '../project/temporary-project.ts'

const PIPELINE: ProjectFiles = {
  'pipeline.ts': `import { setTimeout as sleep } from 'node:timers/promises'
import { pipeline, step } from 'cairnml'
import { z } from 'zod'

export const chatty = (name: string) =>
  step({ name, secrets: ['API_KEY'], output: z.string() }).implement(async (_, { log, secrets }) => {
    for (let turn = 1; turn <= 3; turn++) {
      console.log(name, 'turn', turn)
      await sleep(5)
      console.error(name, 'warns of', secrets['API_KEY'])
    }
    console.info('%s is %o', name, { done: true })
    log.warn(name + ' logs ' + secrets['API_KEY'])
    process.stdout.write(name + ' ends')
    return name
  })
const gather = step({ name: 'gather', inputs: { names: z.string(), more: z.string() }, output: z.string() }).implement(
  ({ names, more }) => names + more,
)
const [left, right] = [chatty('left'), chatty('right')]
export const p = pipeline({ name: 'p', build: () => gather({ names: left(), more: right() }) })
`,
  'main.ts': `import { p } from './pipeline.ts'
await p.run()
`,
  'logs.ts': `import { createClient } from 'cairnml/client'
await using client = await createClient()
const run = await client.run(process.argv[2])
const logs: Record<string, string[]> = {}
for (const step of await run.steps()) {
  logs[step.id] = []
  for await (const { stream, level, text } of step.log()) logs[step.id].push((level ?? stream) + ': ' + text)
}
console.log('RESULT ' + JSON.stringify(logs))
`,
}
const env = { API_KEY: 'sk-very-secret' }

/** What is logged of a step of PIPELINE, by stream: between two streams the order is that of the lines. */
const linesOf = (name: string): readonly string[] => [
  `stdout: ${name} turn 1`,
  `stderr: ${name} warns of ***`,
  `stdout: ${name} turn 2`,
  `stderr: ${name} warns of ***`,
  `stdout: ${name} turn 3`,
  `stderr: ${name} warns of ***`,
  `stdout: ${name} is { done: true }`,
  `warn: ${name} logs ***`,
  `stdout: ${name} ends`,
]

async function logsOf(project: TemporaryProject, run = 'last'): Promise<unknown> {
  return (await project.run('logs.ts', { node: true, args: [run] })).result
}

describe.each([
  ['cairn run', { node: false }],
  ['node', { node: true }],
] as const)('the log of a step under %s', (_, way) => {
  it('has what that step printed and logged, and that of a reused step is its origin\u2019s', async () => {
    using project = temporaryProject(PIPELINE)
    const first = await project.run('main.ts', { ...way, env })
    expect(first.code).toBe(0)
    expect(first.stderr.match(/^(left|right) warns of \*\*\*$/gm)).toHaveLength(6)
    expect(first.stdout.match(/^(left|right) turn \d$/gm)).toHaveLength(6)
    const expected = { left: linesOf('left'), right: linesOf('right'), gather: [] }
    expect(await logsOf(project)).toEqual(expected)

    const second = await project.run('main.ts', { ...way, env })
    expect(second.stdout).toContain('Using cached version of left.')
    expect(await logsOf(project)).toEqual(expected)
    expect(project.filesWith('.cairn', 'sk-very-secret')).toEqual([])
  })
})

describe('the log of attempts', () => {
  const FAILING: ProjectFiles = {
    ...PIPELINE,
    'pipeline.ts': `import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const flaky = step({
  name: 'flaky',
  output: z.number(),
  retry: { attempts: 2, delay: '1ms' },
}).implement((_, { step: { attempt }, signal }) => {
  console.log('attempt', attempt)
  if (process.env['HANG']) {
    console.log('hangs')
    return new Promise<number>(() => setInterval(() => console.log('later'), 60_000))
  }
  throw new Error('no')
})
export const p = pipeline({ name: 'p', build: () => flaky() })
`,
  }

  it('is there for each one that failed', async () => {
    using project = temporaryProject(FAILING)
    expect((await project.run('main.ts')).code).toBe(1)
    expect(await logsOf(project)).toEqual({ flaky: ['stdout: attempt 1', 'stdout: attempt 2'] })
  })

  it('is there for one that was cancelled and does not listen', async () => {
    using project = temporaryProject(FAILING)
    const { process, ended } = project.start('main.ts', { env: { HANG: '1' } })
    await process.printed('hangs')
    process.kill('SIGINT')
    expect((await ended).code).toBe(130)
    expect(await logsOf(project)).toEqual({ flaky: ['stdout: attempt 1', 'stdout: hangs'] })
  })
})
