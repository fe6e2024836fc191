import { describe, expect, it } from 'vitest'

import { temporaryProject, type CommandOptions, type TemporaryProject } from '../project/temporary-project.ts'

const PIPELINE = 'pipeline.ts'

function twoSteps(): TemporaryProject {
  return temporaryProject({
    'steps.ts': `import { step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

export const load = step({ name: 'load', output: z.number() }).implement(() => {
  ran('load')
  return 20
})
export const double = step({ name: 'double', inputs: { number: z.number() }, output: z.number() }).implement(
  ({ number }) => {
    ran('double')
    return number * 2
  },
)
`,
    [PIPELINE]: `import { pipeline } from 'cairnml'
import { double, load } from './steps.ts'

export const p = pipeline({ name: 'p', build: () => double({ number: load() }) })
const run = await p.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
  })
}

/** Which steps execute in a run that gives the right result. */
async function executed(project: TemporaryProject, ...args: readonly string[]): Promise<readonly string[]> {
  return executedWith(project, { args })
}

async function executedWith(project: TemporaryProject, options: CommandOptions): Promise<readonly string[]> {
  const run = await project.run(PIPELINE, options)
  expect(run).toMatchObject({ stderr: '', code: 0, result: 40 })
  return run.steps
}

const BOTH = ['double', 'load']

describe('the cache flag of a step', () => {
  it('set to false runs it every time, and set back to true finds the old result', async () => {
    using project = twoSteps()
    expect(await executed(project)).toEqual(BOTH)
    project.edit(PIPELINE, 'number: load()', 'number: load.with({ cache: false })()')
    expect(await executed(project)).toEqual(['load'])
    expect(await executed(project)).toEqual(['load'])
    project.edit(PIPELINE, 'load.with({ cache: false })()', 'load()')
    expect(await executed(project)).toEqual([])
  })

  it('set to false keeps nothing for later', async () => {
    using project = twoSteps()
    project.edit(PIPELINE, 'number: load()', 'number: load.with({ cache: false })()')
    expect(await executed(project)).toEqual(BOTH)
    project.edit(PIPELINE, 'load.with({ cache: false })()', 'load()')
    expect(await executed(project)).toEqual(['load'])
    expect(await executed(project)).toEqual([])
  })

  it('beats that of the pipeline', async () => {
    using project = twoSteps()
    project.edit(PIPELINE, "name: 'p',", "name: 'p', cache: false,")
    project.edit(PIPELINE, 'number: load()', 'number: load.with({ cache: true })()')
    const first = await project.run(PIPELINE)
    expect(first.stdout).toContain('(caching disabled)')
    expect(await executed(project)).toEqual(['double'])
  })
})

describe('the cache mode of a run', () => {
  it.each(['--no-cache', '--cache=off'])('%s runs everything and keeps nothing', async (flag) => {
    using project = twoSteps()
    expect(await executed(project, flag)).toEqual(BOTH)
    expect(await executed(project, flag)).toEqual(BOTH)
    expect(await executed(project)).toEqual(BOTH)
    expect(await executed(project, flag)).toEqual(BOTH)
    expect(await executed(project)).toEqual([])
  })

  it('read reuses what is there and keeps nothing', async () => {
    using project = twoSteps()
    expect(await executed(project, '--cache', 'read')).toEqual(BOTH)
    expect(await executed(project, '--cache', 'read')).toEqual(BOTH)
    expect(await executed(project)).toEqual(BOTH)
    expect(await executed(project, '--cache', 'read')).toEqual([])
  })

  it.each([['--force'], ['--cache', 'write']])('%s runs everything and keeps it', async (...flags) => {
    using project = twoSteps()
    expect(await executed(project, ...flags)).toEqual(BOTH)
    expect(await executed(project, ...flags)).toEqual(BOTH)
    expect(await executed(project)).toEqual([])
  })

  it('on switches caching on for a pipeline that says otherwise', async () => {
    using project = twoSteps()
    project.edit(PIPELINE, "name: 'p',", "name: 'p', cache: false,")
    expect(await executed(project, '--cache', 'on')).toEqual(BOTH)
    expect(await executed(project, '--cache', 'on')).toEqual([])
    expect(await executed(project)).toEqual(BOTH)
  })

  it('comes from CAIRN_CACHE, and a flag wins over that', async () => {
    using project = twoSteps()
    expect(await executed(project)).toEqual(BOTH)
    expect(await executedWith(project, { env: { CAIRN_CACHE: 'off' } })).toEqual(BOTH)
    expect(await executedWith(project, { env: { CAIRN_CACHE: 'off' }, args: ['--cache', 'on'] })).toEqual([])
  })

  it('is said in one line when it overrides what is stored', async () => {
    using project = twoSteps()
    const line = 'Runtime configuration overrides the cache settings of this run to cache=false.'

    const plain = await project.run(PIPELINE)
    const off = await project.run(PIPELINE, { args: ['--no-cache'] })

    expect(plain.stdout).not.toContain('Runtime configuration')
    expect(off.stdout.split('\n').filter((text) => text.startsWith(line))).toHaveLength(1)
    expect(off.stdout).toContain('(caching disabled)')
  })

  it('refresh runs one step, and what is below it only if its bytes changed', async () => {
    using project = twoSteps()
    expect(await executed(project)).toEqual(BOTH)
    expect(await executed(project, '--refresh', 'load')).toEqual(['load'])
    expect(await executed(project, '--refresh', 'load', '--refresh', 'double')).toEqual(BOTH)
    expect(await executed(project)).toEqual([])
  })

  it('that is unknown is refused before anything runs', async () => {
    using project = twoSteps()

    const flag = await project.run(PIPELINE, { args: ['--cache', 'of'] })
    const variable = await project.run(PIPELINE, { node: true, env: { CAIRN_CACHE: 'of' } })
    const step = await project.run(PIPELINE, { args: ['--refresh', 'lod'] })

    expect(flag).toMatchObject({ code: 2, steps: [], stdout: '' })
    expect(flag.stderr).toMatch(/^CAIRN_COMMAND_USAGE: .*"of".*on, read, write, off/)
    expect(variable).toMatchObject({ code: 2, steps: [], stdout: '' })
    expect(variable.stderr).toMatch(/^CAIRN_RUN_OPTION_INVALID: .*"of"/)
    expect(step).toMatchObject({ code: 2, steps: [], stdout: '' })
    expect(step.stderr).toMatch(/^CAIRN_INVOCATION_UNKNOWN: .*"lod".*Did you mean "load"/)
    expect(project.exists('.cairn')).toBe(false)
  })
})
