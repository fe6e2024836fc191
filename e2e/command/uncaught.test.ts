import { describe, expect, it } from 'vitest'

import { stepRunCounts, storedRuns } from '../project/local-state.ts'
import { temporaryProject, type ProjectFiles } from '../project/temporary-project.ts'

const WAYS = [
  ['cairn run', { node: false }],
  ['node', { node: true }],
] as const

const SECRET = 'sk-4711-very-secret'

/** A pipeline of a step with a secret, whose body is given, beside one that takes a while. */
function pipelineOf(body: string, more = ''): ProjectFiles {
  return {
    'main.ts': `import { AsyncResource } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const options = { secrets: ['API_KEY'], output: z.number(), undeclared: 'off' } as const
const wild = step({ name: 'wild', ...options }).implement(async (_args, { secrets }) => {
  ${body}
  return 1
})
const calm = step({ name: 'calm', output: z.number() }).implement(async () => {
  await sleep(150)
  return 2
})
const build = () => [wild(), calm()]
export const p = pipeline({ name: 'p', failureMode: 'continue-on-failure', build })
${more}
await p.run()
`,
  }
}

const env = { API_KEY: SECRET }
const THROWN = '`the key ${secrets.API_KEY} is wrong`'

describe.each(WAYS)('an error that nothing catches, under %s,', (_, way) => {
  it.each([
    ['of a timer', `setTimeout(() => { throw new TypeError(${THROWN}) }); await sleep(5000)`],
    ['of a promise that nobody awaits', `void Promise.reject(new TypeError(${THROWN})); await sleep(5000)`],
    ['of an event', `process.nextTick(() => { throw new TypeError(${THROWN}) }); await new Promise(() => {})`],
  ])('%s fails the step that it comes from, and hides its secrets', async (_what, body) => {
    using project = temporaryProject(pipelineOf(body))

    const failed = await project.run('main.ts', { ...way, env })

    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(
      /^CAIRN_RUN_FAILED: .*wild: CAIRN_ERROR_UNCAUGHT Step "wild" threw .* catches: TypeError the key \*\*\* is wrong\.\nAwait /,
    )
    expect(failed.stdout).toMatch(/^Step wild has failed after .*CAIRN_ERROR_UNCAUGHT/m)
    expect(failed.stdout).toMatch(/^Step calm has finished in /m)
    expect(failed.stdout + failed.stderr).not.toContain(SECRET)
    expect(project.filesWith('.cairn', SECRET)).toEqual([])
    expect(storedRuns(project)).toMatchObject([{ status: 'failed' }])
    expect(stepRunCounts(project)).toEqual({ completed: 1, failed: 1 })
  })

  it('of a step that has ended fails the run', async () => {
    using project = temporaryProject(
      pipelineOf(`Object.assign(globalThis, { boom: AsyncResource.bind(() => void setTimeout(() => {
        throw new TypeError(${THROWN})
      })) })`),
    )
    project.edit('main.ts', 'await sleep(150)', 'Reflect.get(globalThis, "boom")()\n  await sleep(5000)')
    project.edit('main.ts', '[wild(), calm()]', 'calm({}, { after: wild() })')

    const failed = await project.run('main.ts', { ...way, env })

    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(
      /^CAIRN_ERROR_UNCAUGHT: Step "wild", which had ended, threw .*: TypeError the key \*\*\* is wrong\.\n/,
    )
    expect(failed.stdout + failed.stderr).not.toContain(SECRET)
    expect(storedRuns(project)).toMatchObject([{ status: 'failed', data: { error: { code: 'CAIRN_ERROR_UNCAUGHT' } } }])
    expect(stepRunCounts(project)).toEqual({ completed: 1, cancelled: 1 })
  })

  it('of the program beside the steps fails the run', async () => {
    const beside = `const begun = new Promise((begin) => Object.assign(globalThis, { begin }))
void begun.then(() => setTimeout(() => { throw new RangeError('beside') }))`
    using project = temporaryProject(pipelineOf("Reflect.get(globalThis, 'begin')(); await sleep(5000)", beside))

    const failed = await project.run('main.ts', { ...way, env })

    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(
      /^CAIRN_ERROR_UNCAUGHT: The program around pipeline run p-\S+ threw .* RangeError beside\./,
    )
    expect(storedRuns(project)).toMatchObject([{ status: 'failed' }])
  })

  it('is left to a program that handles it itself', async () => {
    const handler = "process.on('uncaughtException', (error) => console.log('own', error.message))"
    using project = temporaryProject(
      pipelineOf("setTimeout(() => { throw new Error('mine') }); await sleep(50)", handler),
    )

    const run = await project.run('main.ts', { ...way, env })

    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain('own mine\n')
  })
})

describe('an error that nothing catches when `cairn run` has ended', () => {
  it.each([
    ['a timer', `setTimeout(() => { throw new TypeError(${THROWN}) }, 1500)`],
    ['a promise', `setTimeout(() => void Promise.reject(new TypeError(${THROWN})), 1500)`],
  ])('of %s is said as all others are, and hides secrets', async (_what, body) => {
    using project = temporaryProject(pipelineOf(body))

    const failed = await project.run('main.ts', { env, args: ['--json'] })

    expect(failed.code).toBe(1)
    expect(JSON.parse(failed.stdout)).toMatchObject({ format: 'cairn.run/1', status: 'completed' })
    expect(failed.stderr).toMatch(
      /^CAIRN_ERROR_UNCAUGHT: Code that `cairn run` loaded threw .*: TypeError the key \*\*\* is wrong\.\nAwait /m,
    )
    expect(failed.stderr).not.toMatch(/node:internal|^\s+at /m)
    expect(failed.stderr).not.toContain(SECRET)
  })

  it('shows its stack without the secrets where debugging is asked for', async () => {
    using project = temporaryProject(pipelineOf(`setTimeout(() => { throw new TypeError(${THROWN}) }, 1500)`))

    const failed = await project.run('main.ts', { env, args: ['--debug'] })

    expect(failed.stderr).toMatch(/^\s+at .*main\.ts/m)
    expect(failed.stderr).not.toContain(SECRET)
  })
})

describe('a run that nobody awaits', () => {
  const second = `const boom = step({ name: 'boom', output: z.number() }).implement(() => { throw new Error('no') })
const q = pipeline({ name: 'q', build: () => boom() })`

  it('and that fails after the one of the command is a failure', async () => {
    using project = temporaryProject(pipelineOf('await null', second))
    project.edit('main.ts', 'await p.run()', 'const main = async () => { await p.run(); await q.run() }\nvoid main()')

    const failed = await project.run('main.ts', { env })

    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/^CAIRN_RUN_FAILED: Pipeline run q-\S+ has failed: boom: Error no\./)
  })
})
