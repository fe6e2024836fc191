import { describe, expect, it } from 'vitest'

import { stepRunCounts, storedRuns } from '../project/local-state.ts'
import { temporaryProject, type ProjectFiles } from '../project/temporary-project.ts'

/** So long that no test gets by it: what does not end before has to be ended by its time limit. */
const WAIT_MS = 600_000

/** A quick step and one that waits, obeying its signal or not; `fast` in the environment makes it quick, too. */
function waitingProject(stubborn: boolean): ProjectFiles {
  const wait = stubborn ? 'await setTimeout(ms)' : 'await setTimeout(ms, undefined, { signal })'
  return {
    'main.ts': `import { setTimeout } from 'node:timers/promises'
import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const load = step({ name: 'load', output: z.number() }).implement(() => {
  ran('load')
  return 1
})
const train = step({ name: 'train', inputs: { number: z.number() }, output: z.number() }).implement(
  async ({ number }, { log, signal }) => {
    ran('train')
    log.info('is busy')
    const ms = process.argv.includes('fast') || process.env['FAST'] ? 1 : ${WAIT_MS}
    ${wait}
    return number + 1
  },
)
export const p = pipeline({ name: 'p', build: () => train({ number: load() }) })
const run = await p.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
  }
}

const WAYS = [
  ['cairn run', { node: false }],
  ['node', { node: true }],
] as const

describe.each(WAYS)('under %s', (_, way) => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('one %s cancels and records the run, and ends with %d', async (signal, code) => {
    using project = temporaryProject(waitingProject(false))
    const { process, ended } = project.start('main.ts', way)
    await process.printed('[train] is busy')
    process.kill(signal)

    const cancelled = await ended
    const next = await project.run('main.ts', { ...way, env: { FAST: '1' } })

    expect(cancelled).toMatchObject({ code, steps: ['load', 'train'], result: undefined })
    expect(cancelled.stdout).toMatch(/^Pipeline run p-\S+ was cancelled after \d+\.\ds$/m)
    expect(cancelled.stderr).toMatch(/^CAIRN_RUN_CANCELLED: /)
    expect(cancelled.stderr).not.toMatch(/^\s+at /m)
    expect(next).toMatchObject({ code: 0, stderr: '', steps: ['train'], result: 2 })
    expect(storedRuns(project).map(({ status }) => status)).toEqual(['cancelled', 'completed'])
    expect(stepRunCounts(project)).toEqual({ cached: 1, cancelled: 1, completed: 2 })
  })

  it('one SIGINT does not wait for a step that ignores its signal', async () => {
    using project = temporaryProject(waitingProject(true))
    const { process, ended } = project.start('main.ts', way)
    await process.printed('[train] is busy')
    process.kill('SIGINT')

    const cancelled = await ended

    expect(cancelled).toMatchObject({ code: 130 })
    expect(storedRuns(project).map(({ status }) => status)).toEqual(['cancelled'])
  })

  it('two SIGINT leave at once, and what was done is kept', async () => {
    using project = temporaryProject({
      ...waitingProject(false),
      // A hook that never ends keeps the cancelled run from ending by itself.
      'hook.ts': 'export const forever = () => new Promise<void>((resolve) => setTimeout(resolve, 600_000))\n',
    })
    project.edit('main.ts', "name: 'p',", "name: 'p', onFailure: forever,")
    project.edit('main.ts', 'import { pipeline', "import { forever } from './hook.ts'\nimport { pipeline")
    const { process, ended } = project.start('main.ts', way)
    await process.printed('[train] is busy')
    process.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 300))
    process.kill('SIGINT')

    const left = await ended
    const next = await project.run('main.ts', { ...way, env: { FAST: '1' } })

    expect(left).toMatchObject({ code: 130, result: undefined })
    expect(next).toMatchObject({ code: 0, stderr: '', steps: ['train'], result: 2 })
    expect(storedRuns(project).map(({ status }) => status)).not.toContain('running')
  })
})

describe('a program that handles signals itself', () => {
  it('still gets them under node', async () => {
    using project = temporaryProject(waitingProject(false))
    project.edit('main.ts', 'const run =', "process.on('SIGINT', () => console.log('own handler'))\nconst run =")
    const { process, ended } = project.start('main.ts', { node: true })
    await process.printed('[train] is busy')
    process.kill('SIGINT')

    const cancelled = await ended

    expect(cancelled.code).toBe(130)
    expect(cancelled.stdout).toContain('own handler\n')
  })
})

describe('JSON that is waited for', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('says that %s came while the file was loaded, and while it ran', async (signal, code) => {
    using project = temporaryProject({
      ...waitingProject(false),
      'loading.ts': `console.error('is busy')\nawait new Promise((resolve) => setTimeout(resolve, ${WAIT_MS}))\n`,
    })
    const endOf = async (file: string): Promise<unknown> => {
      const { process, ended } = project.start(file, { args: ['--json'] })
      await process.told('is busy')
      process.kill(signal)
      const { stdout, ...left } = await ended
      return { code: left.code, ...(JSON.parse(stdout) as object) }
    }

    expect(await endOf('loading.ts')).toMatchObject({
      code,
      error: {
        code: 'CAIRN_COMMAND_ENDED',
        message: `\`cairn run\` ended before it was done: ${signal} interrupted it.`,
      },
    })
    expect(await endOf('main.ts')).toMatchObject({ code, error: { code: 'CAIRN_RUN_CANCELLED' } })
  })
})
