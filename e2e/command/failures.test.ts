import { describe, expect, it } from 'vitest'

import { stepRunCounts, storedRuns } from '../project/local-state.ts'
import { temporaryProject, type ProjectFiles } from '../project/temporary-project.ts'

const STACK_LINE = /^\s+at /m

/** Three steps, the second of which fails as long as the file `broken` is there. */
const FILES: ProjectFiles = {
  'steps.ts': `import { existsSync } from 'node:fs'
import { step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

export const load = step({ name: 'load', output: z.number() }).implement(() => {
  ran('load')
  return 1
})
export const train = step({ name: 'train', inputs: { number: z.number() }, output: z.number() }).implement(
  ({ number }) => {
    ran('train')
    if (existsSync('broken')) throw new RangeError('loss is not finite')
    return number + 1
  },
)
export const report = step({ name: 'report', inputs: { number: z.number() }, output: z.number() }).implement(
  ({ number }) => {
    ran('report')
    return number + 1
  },
)
`,
  'main.ts': `import { pipeline } from 'cairnml'
import { load, report, train } from './steps.ts'

export const p = pipeline({ name: 'p', build: () => report({ number: train({ number: load() }) }) })
const run = await p.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
  broken: '',
}

const WAYS = [
  ['cairn run', { node: false }],
  ['node', { node: true }],
] as const

describe.each(WAYS)('a step that fails under %s', (_, way) => {
  it('is said in one line, ends with 1 and without a stack, and the next run does only what is missing', async () => {
    using project = temporaryProject(FILES)

    const failed = await project.run('main.ts', way)
    project.remove('broken')
    const repaired = await project.run('main.ts', way)

    expect(failed).toMatchObject({ code: 1, steps: ['load', 'train'], result: undefined })
    expect(failed.stdout).toMatch(/^Step train has failed after \d+\.\ds: RangeError loss is not finite\.$/m)
    expect(failed.stdout).toMatch(/^Step report is skipped: train failed\.$/m)
    expect(failed.stdout).toMatch(/^Pipeline run p-\S+ has failed after \d+\.\ds$/m)
    expect(failed.stderr).toMatch(
      /^CAIRN_RUN_FAILED: Pipeline run p-\S+ has failed: train: RangeError loss is not finite\. \(steps\.ts:13\)\n/,
    )
    expect(failed.stderr).toContain('run again: only what is missing runs')
    expect(failed.stderr).not.toMatch(STACK_LINE)
    expect(repaired).toMatchObject({ code: 0, stderr: '', steps: ['report', 'train'], result: 3 })
    expect(storedRuns(project).map(({ status }) => status)).toEqual(['failed', 'completed'])
    expect(stepRunCounts(project)).toEqual({ cached: 1, completed: 3, failed: 1, skipped: 1 })
  })

  it('shows the stack of the step where debugging is asked for', async () => {
    using project = temporaryProject(FILES)

    const failed = await project.run('main.ts', { ...way, env: { CAIRN_DEBUG: '1' } })

    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(STACK_LINE)
    expect(failed.stderr).toContain('steps.ts:13')
  })
})

describe('a step that fails', () => {
  it.each([
    ['leaves the exit code to it, under node', { node: true }, 0],
    ['is the exit code of `cairn run` all the same', { node: false }, 1],
  ])('and whose error the program catches %s', async (_, way, code) => {
    using project = temporaryProject({
      ...FILES,
      'main.ts': `import { isRunFailedError, pipeline } from 'cairnml'
import { load, train } from './steps.ts'

export const p = pipeline({ name: 'p', build: () => train({ number: load() }) })
try {
  await p.run()
} catch (error) {
  const facts = isRunFailedError(error) ? [error.run.status, error.run.steps.train?.error?.code] : String(error)
  console.log('RESULT ' + JSON.stringify(facts))
}
`,
    })

    expect(await project.run('main.ts', way)).toMatchObject({ code, result: ['failed', 'RangeError'] })
  })

  it('shows the stack with --debug', async () => {
    using project = temporaryProject(FILES)

    const failed = await project.run('main.ts', { args: ['--debug'] })

    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(STACK_LINE)
  })

  it('is in the JSON of the run', async () => {
    using project = temporaryProject(FILES)

    const failed = await project.run('main.ts', { args: ['--json'] })

    expect(failed.code).toBe(1)
    expect(failed.stdout).toMatch(/^[^\n]*\n$/)
    expect(JSON.parse(failed.stdout)).toMatchObject({
      format: 'cairn.run/1',
      status: 'failed',
      steps: [
        { id: 'load', status: 'completed' },
        { id: 'train', status: 'failed', error: { code: 'RangeError', message: 'loss is not finite' } },
        { id: 'report', status: 'skipped' },
      ],
    })
  })

  it.each([
    ['stop-on-failure', ['load', 'slow', 'train']],
    ['continue-on-failure', ['later', 'load', 'slow', 'train']],
  ])('lets others run as the failure mode %s says', async (mode, steps) => {
    using project = temporaryProject({
      ...FILES,
      'main.ts': `import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { load, train } from './steps.ts'

const slow = step({ name: 'slow' }).implement(async () => {
  ran('slow')
  while (!readFileSync(process.env.EXECUTION_LOG, 'utf8').includes('train')) await setTimeout(20)
  await setTimeout(500)
})
const later = step({ name: 'later' }).implement(() => ran('later'))
export const p = pipeline({
  name: 'p',
  build: () => {
    train({ number: load() })
    later({}, { after: slow() })
  },
})
`,
    })

    const failed = await project.run('main.ts', { args: ['--failure-mode', mode] })

    expect(failed.code).toBe(1)
    expect(failed.steps).toEqual(steps)
  })

  it('that calls process.exit ends the process with its code, and is lost for the next run', async () => {
    using project = temporaryProject(FILES)
    project.edit('steps.ts', "throw new RangeError('loss is not finite')", 'process.exit(7)')

    const left = await project.run('main.ts', { node: true })
    project.remove('broken')
    const next = await project.run('main.ts', { node: true })

    expect(left).toMatchObject({ code: 7, stderr: '' })
    expect(next).toMatchObject({ code: 0, stderr: '', steps: ['report', 'train'], result: 3 })
    expect(storedRuns(project).map(({ status }) => status)).toEqual(['failed', 'completed'])
    expect(storedRuns(project)[0]?.data.error?.code).toBe('CAIRN_RUN_LOST')
  })
})

describe('an error of the program itself', () => {
  it('keeps its stack and exit code under node', async () => {
    using project = temporaryProject(FILES)
    project.remove('broken')
    project.edit('main.ts', 'console.log(', "throw new TypeError('own fault')\nconsole.log(")

    const failed = await project.run('main.ts', { node: true })

    expect(failed).toMatchObject({ code: 1, result: undefined })
    expect(failed.stderr).toContain('TypeError: own fault')
    expect(failed.stderr).toMatch(STACK_LINE)
  })

  it('is one line under `cairn run`, after the run has ended', async () => {
    using project = temporaryProject(FILES)
    project.remove('broken')
    project.edit('main.ts', 'console.log(', "throw new TypeError('own fault')\nconsole.log(")

    const failed = await project.run('main.ts')

    expect(failed.code).toBe(2)
    expect(failed.stdout).toMatch(/^Pipeline run p-\S+ has finished in /m)
    expect(failed.stderr).toMatch(/^CAIRN_FILE_FAILED: .*TypeError: own fault \(main\.ts:6:\d+\)/)
    expect(failed.stderr).not.toMatch(STACK_LINE)
  })
})

describe.each(WAYS)('standard output that is closed early under %s', (_, way) => {
  it.each([0, 1])('after %d lines changes nothing else', async (lines) => {
    using project = temporaryProject(FILES)
    project.remove('broken')
    const { process, ended } = project.start('main.ts', way)
    if (lines === 0) process.closeStdout()
    else await process.printed('\n')
    process.closeStdout()

    const closed = await ended
    const next = await project.run('main.ts', way)

    expect(closed).toMatchObject({ stderr: '', steps: ['load', 'report', 'train'] })
    expect(next).toMatchObject({ code: 0, stderr: '', steps: [], result: 3 })
    expect(storedRuns(project).map(({ status }) => status)).toEqual(['completed', 'cached'])
  })
})

describe.each(WAYS)('a step that prints into a closed pipe under %s', (_, way) => {
  it('goes on, and so does the program', async () => {
    using project = temporaryProject(FILES)
    project.remove('broken')
    project.edit(
      'steps.ts',
      "ran('load')",
      "ran('load')\n  for (let line = 0; line < 5000; line++) console.log('x'.repeat(100))",
    )
    project.edit('main.ts', 'console.log(', "console.log('x'.repeat(100_000))\nconsole.log(")
    const { process, ended } = project.start('main.ts', way)
    await process.printed('\n')
    process.closeStdout()

    const closed = await ended

    expect(closed).toMatchObject({ code: 0, stderr: '', steps: ['load', 'report', 'train'] })
    expect(storedRuns(project).map(({ status }) => status)).toEqual(['completed'])
  })
})

describe.each(WAYS)('a step that never comes back under %s', (_, way) => {
  const pipelineOf = (body: string): ProjectFiles => ({
    'main.ts': `import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const stuck = step({ name: 'stuck', timeout: '200ms', output: z.number() }).implement(() => ${body})
const fine = step({ name: 'fine', output: z.number() }).implement(() => 1)
const p = pipeline({ name: 'p', failureMode: 'continue-on-failure', build: () => {
  for (let count = 0; count < 6; count++) stuck()
  return fine()
} })
await p.run()
`,
  })

  it('does not keep others from running once its time is over', async () => {
    using project = temporaryProject(pipelineOf('new Promise(() => {})'))
    const ended = await project.run('main.ts', way)
    expect(ended.code).toBe(1)
    expect(ended.stdout).toMatch(/^Step fine has finished in /m)
    expect(ended.stdout).toMatch(/^Step stuck \(stuck_6\) has failed after .*CAIRN_STEP_TIMEOUT/m)
  })

  it('fails where nothing is left that could wake it', async () => {
    const files = pipelineOf('new Promise(() => {})')
    using project = temporaryProject({ 'main.ts': String(files['main.ts']).replace("timeout: '200ms', ", '') })
    const ended = await project.run('main.ts', way)
    expect(ended.code).toBe(1)
    expect(ended.stdout).toMatch(/^Step stuck has failed after .*CAIRN_STEP_STALLED/m)
    expect(ended.stdout).toMatch(/^Step fine has finished in /m)
  })

  it('is no success where it ends the process', async () => {
    using project = temporaryProject(pipelineOf('process.exit(0)'))
    const ended = await project.run('main.ts', way)
    expect(ended.code).toBe(1)
    expect(ended.stderr).toMatch(/^CAIRN_RUN_LOST: /m)
  })
})
