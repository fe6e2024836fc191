import { describe, expect, it } from 'vitest'

import { CAIRN_BIN } from '../project/installed-packages.ts'
import { storedRuns } from '../project/local-state.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const SEARCH = `import { writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const load = step({ name: 'load', output: z.number() }).implement(async () => {
  ran('load')
  await setTimeout(50)
  return 3
})
const train = step({
  name: 'train',
  params: z.object({ gamma: z.number().positive(), c: z.union([z.number(), z.string()]) }),
  inputs: { number: z.number() },
  output: z.string(),
}).implement(async ({ gamma, c, number }, { log, metric, signal }) => {
  ran('train')
  if (c === 'fail') throw new Error('c is no number')
  if (c === 'wait') {
    writeSync(1, 'is busy\\n')
    await setTimeout(600_000, undefined, { signal })
  }
  metric('acc', 1 - Math.abs(gamma - 0.2))
  return [gamma, c, number].join(' ')
})
export const search = pipeline({
  name: 'search',
  params: z.object({ gamma: z.number().positive().default(0.1), c: z.union([z.number(), z.string()]).default(1) }),
  build: ({ gamma, c }) => train({ gamma, c, number: load() }),
})
`
const RUNS_ITSELF = `${SEARCH}
const run = await search.run({ c: 7 }, { tags: ['own'] })
console.log('NEVER REACHED ' + run.name)
`

function searchProject(): TemporaryProject {
  return temporaryProject({ 'search.ts': SEARCH, 'main.ts': RUNS_ITSELF })
}

interface SweepJson {
  readonly tag: string
  readonly best?: string
  readonly runs: readonly {
    readonly name?: string
    readonly status: string
    readonly params: Readonly<Record<string, unknown>>
    readonly stepParams: Readonly<Record<string, unknown>>
    readonly metrics: Readonly<Record<string, number>>
    readonly error?: { readonly code: string }
  }[]
}

// Sound: the format of the command; a step that writes to the terminal behind Cairn's back comes before it.
const sweepOf = (stdout: string): SweepJson => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as SweepJson

const GRID = ['--param', 'gamma=0.1..0.3:0.1', '--param', 'c=[1,2]']

describe('cairn sweep', () => {
  it('makes a run per combination under one tag, and shows parameters against metrics with the best row marked', async () => {
    using project = searchProject()
    const { code, stdout, stderr, steps } = await project.cairn(['sweep', 'search.ts', ...GRID, '--metric', 'acc'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(steps.filter((step) => step === 'load')).toHaveLength(1)
    expect(steps.filter((step) => step === 'train')).toHaveLength(6)
    expect(stdout).toMatch(/^\[6\/6\] gamma=0\.3 c=2 completed in .*acc=0\.9$/m)
    expect(stdout).toMatch(/^ +gamma +c +STATUS +acc +RUN$/m)
    expect(stdout).toMatch(/^\* +0\.2 +1 +completed +1 +search-/m)
    expect(stdout.match(/^\*/gm)).toHaveLength(1)
    const [, tag = ''] = /^Sweep (sweep-\S+) of pipeline search: 6 runs$/m.exec(stdout) ?? []
    const listed = await project.cairn(['run', 'list', '--tag', tag, '--json'])
    expect((JSON.parse(listed.stdout) as { runs: unknown[] }).runs).toHaveLength(6)
  })

  it('reuses everything the second time, also at once with others and from a file that runs itself', async () => {
    using project = searchProject()
    const first = await project.cairn(['sweep', 'main.ts', ...GRID, '--parallel', '3', '--json', '--metric', 'acc'])
    const again = await project.cairn(['sweep', 'main.ts', ...GRID, '--parallel', '3', '--json', '--tag', 't'])
    expect([first.code, again.code]).toEqual([0, 0])
    expect(first.steps.filter((step) => step === 'load')).toHaveLength(1)
    expect(again.steps).toEqual([])
    const { runs, best } = sweepOf(first.stdout)
    expect(runs.map(({ params }) => params)).toEqual(
      [0.1, 0.2, 0.3].flatMap((gamma) => [1, 2].map((c) => ({ gamma, c }))),
    )
    expect(runs.find(({ name }) => name === best)?.params).toEqual({ gamma: 0.2, c: 1 })
    expect(sweepOf(again.stdout)).toMatchObject({ tag: 't' })
    expect(new Set(sweepOf(again.stdout).runs.map(({ status }) => status))).toEqual(new Set(['cached']))
    expect(storedRuns(project)).toHaveLength(12)
  })

  it('sweeps parameters of steps, takes a configuration file, and numbers the runs that are named', async () => {
    using project = searchProject()
    project.write({ 'run.yaml': 'name: nightly\nparams: { c: 5 }\n' })
    const options = ['--config', 'run.yaml', '--step-param', 'train.gamma=log:0.01..1:3', '--json']
    const { code, stdout } = await project.cairn(['sweep', 'search.ts', ...options])
    expect(code).toBe(0)
    const { runs } = sweepOf(stdout)
    expect(runs.map(({ name, stepParams }) => [name, stepParams['train.gamma']])).toEqual([
      ['nightly-1', 0.01],
      ['nightly-2', 0.1],
      ['nightly-3', 1],
    ])
    const shown = await project.cairn(['artifact', 'cat', 'nightly-3/train'])
    expect(shown.stdout).toContain('1 5 3')
  })

  it.each([
    ['continue-on-failure', ['failed', 'completed', 'completed']],
    ['stop-on-failure', ['failed', 'stopped', 'stopped']],
    ['fail-fast', ['failed', 'stopped', 'stopped']],
  ])('ends with 1 if a run failed; %s decides about the others', async (mode, statuses) => {
    using project = searchProject()
    const options = ['--param', 'c=fail,1,2', '--failure-mode', mode, '--json']
    const { code, stdout, stderr } = await project.cairn(['sweep', 'search.ts', ...options])
    expect(code).toBe(1)
    expect(stderr).toMatch(/CAIRN_RUN_FAILED: .*c is no number/)
    const { runs } = sweepOf(stdout)
    expect(runs.map(({ status }) => status)).toEqual(statuses)
    expect(runs[0]?.error?.code).toBe('CAIRN_RUN_FAILED')
  })

  it('cancels with fail-fast what runs at the same time', async () => {
    using project = searchProject()
    const options = ['--param', 'c=wait,fail', '--failure-mode', 'fail-fast', '--parallel', '2', '--json']
    const { code, stdout } = await project.cairn(['sweep', 'search.ts', ...options])
    expect(code).toBe(1)
    expect(sweepOf(stdout).runs.map(({ status }) => status)).toEqual(['cancelled', 'failed'])
  })

  it.each([
    [
      ['--param', 'gamma=0.1,-1', '--param', 'c=1,2'],
      /CAIRN_SWEEP_REFUSED: The combination gamma=-1 c=1 .* Refused combinations: 2 of 4/,
    ],
    [['--step-param', 'train.gamma=1,x'], /CAIRN_SWEEP_REFUSED: The combination train\.gamma=x /],
    [['--param', 'gama=0.1,0.2'], /CAIRN_PARAMETER_UNKNOWN: .*"gamma"/],
    [['--param', 'gamma=0.1,,2'], /CAIRN_SWEEP_VALUES: /],
    [['--param', 'gamma'], /CAIRN_PARAMETER_SYNTAX: /],
    [['--param', 'gamma=1..100', '--max-runs', '99'], /CAIRN_COMMAND_USAGE: These are 100 runs/],
    [['--goal', 'min'], /CAIRN_COMMAND_USAGE: .*--metric/],
  ])('refuses %j before anything runs', async (options, message) => {
    using project = searchProject()
    const { code, stdout, stderr, steps } = await project.cairn(['sweep', 'search.ts', ...options])
    expect({ code, stdout, steps }).toEqual({ code: 2, stdout: '', steps: [] })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(project.exists('.cairn/records.sqlite')).toBe(false)
  })

  it('plans without running', async () => {
    using project = searchProject()
    await project.cairn(['sweep', 'search.ts', '--param', 'gamma=0.1'])
    const { code, stdout, steps } = await project.cairn([
      'sweep',
      'main.ts',
      '--param',
      'gamma=0.1,0.2',
      '--param',
      'c=1',
      '--plan',
    ])
    expect({ code, steps }).toEqual({ code: 0, steps: [] })
    expect(stdout).toMatch(/^gamma=0\.1 +2 +0 +0 +0$/m)
    expect(stdout).toMatch(/^gamma=0\.2 +1 +1 +0 +0$/m)
    expect(storedRuns(project)).toHaveLength(1)
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'one %s cancels what runs, starts no more, shows what there is and ends with %d',
    async (signal, code) => {
      using project = searchProject()
      const options = ['sweep', 'main.ts', '--param', 'c=1,wait,3']
      const { process: running, ended } = project.execute([process.execPath, CAIRN_BIN, ...options])
      await running.printed('is busy')
      running.kill(signal)
      const result = await ended
      expect(result.code).toBe(code)
      expect(result.stdout).toMatch(/^wait +cancelled /m)
      expect(result.stdout).toMatch(/^3 +stopped /m)
      expect(storedRuns(project).map(({ status }) => status)).toEqual(['completed', 'cancelled'])
    },
  )
})
