import { external, pipeline, step } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { calls, firstPipeline } from '../trial/digits.fixture.ts'
import { NamedCode, Trial } from '../trial/trial.fixture.ts'

/** Lines with what differs from run to run replaced. */
function stable(lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line
      .replaceAll(/\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d_\d{6}/g, '<time>')
      .replaceAll(/\d+\.\d+s/g, (s) => s.replaceAll(/\d/g, '0')),
  )
}

describe('the lines of three runs of one pipeline', () => {
  it('tell what was executed and what was reused, in order', async () => {
    const trial = new Trial()
    const first = await trial.linesOf(() => trial.run(firstPipeline))
    expect(stable(first)).toEqual([
      'Registered pipeline first_pipeline (version 1).',
      'Creating run first_pipeline-<time> for pipeline first_pipeline (caching enabled)',
      'Using stack memory to run pipeline first_pipeline...',
      'Step digits_data_loader has started.',
      'Step digits_data_loader has finished in 0.000s.',
      'Step svc_trainer has started.',
      'Step svc_trainer has finished in 0.000s.',
      'Pipeline run first_pipeline-<time> has finished in 0.000s.',
    ])
    const second = await trial.linesOf(() => trial.run(firstPipeline, { gamma: 0.0015 }))
    expect(stable(second)).toEqual([
      'Using pipeline first_pipeline (version 1).',
      'Creating run first_pipeline-<time> for pipeline first_pipeline (caching enabled)',
      'Using stack memory to run pipeline first_pipeline...',
      'Step digits_data_loader has started.',
      'Using cached version of digits_data_loader.',
      'Step digits_data_loader has finished in 0.000s.',
      'Step svc_trainer has started.',
      'Step svc_trainer has finished in 0.000s.',
      'Pipeline run first_pipeline-<time> has finished in 0.000s.',
    ])
    const third = await trial.linesOf(() => trial.run(firstPipeline, {}, { cache: false }))
    expect(stable(third)).toEqual([
      'Using pipeline first_pipeline (version 1).',
      'Creating run first_pipeline-<time> for pipeline first_pipeline (caching disabled)',
      'Using stack memory to run pipeline first_pipeline...',
      'Runtime configuration overrides the cache settings of this run to cache=false. ' +
        'The stored defaults are kept for later runs.',
      'Step digits_data_loader has started.',
      'Step digits_data_loader has finished in 0.000s.',
      'Step svc_trainer has started.',
      'Step svc_trainer has finished in 0.000s.',
      'Pipeline run first_pipeline-<time> has finished in 0.000s.',
    ])
    expect(calls).toEqual({ digits_data_loader: 2, svc_trainer: 3 })
  })
})

const one = step({ name: 'one', output: z.number() }).implement(() => 1)
const add = step({ name: 'add', inputs: { a: z.number() }, output: z.number() }).implement(
  ({ a }, { log, progress }) => {
    log.info('two\nlines')
    progress(0.25, 'a quarter')
    return a + 1
  },
)
const broken = step({ name: 'broken', inputs: { a: z.number() } }).implement(() => {
  throw new TypeError('it broke\nfor good')
})

describe('the lines of a run', () => {
  it.each([
    ['on', 'enabled', 'true'],
    ['off', 'disabled', 'false'],
    ['read', 'enabled', 'read'],
    ['write', 'enabled', 'write'],
  ] as const)('say that cache mode %s overrides what is stored', async (cache, caching, value) => {
    const trial = new Trial()
    await trial.run(pipeline({ name: 'p', build: () => one() }), {}, { cache })
    expect(trial.lines[1]).toMatch(new RegExp(`\\(caching ${caching}\\)$`))
    expect(trial.lines[3]).toBe(
      `Runtime configuration overrides the cache settings of this run to cache=${value}. ` +
        'The stored defaults are kept for later runs.',
    )
  })

  it('say that caching is disabled by the pipeline, without an override', async () => {
    const trial = new Trial()
    await trial.run(pipeline({ name: 'p', cache: false, build: () => one() }))
    expect(trial.lines[1]).toContain('(caching disabled)')
    expect(trial.lines.some((line) => line.includes('overrides'))).toBe(false)
  })

  it('give log and progress of a step by its name, on one line each', async () => {
    const trial = new Trial()
    await trial.run(pipeline({ name: 'p', build: () => add({ a: one() }) }))
    expect(trial.lines).toContain('[add] two lines')
    expect(trial.lines).toContain('[add] 25% a quarter')
  })

  it('name the step, and the id where the step occurs twice', async () => {
    const trial = new Trial()
    await trial.run(pipeline({ name: 'p', build: () => add({ a: add({ a: one() }) }) }))
    expect(trial.lines.filter((line) => line.endsWith('has started.'))).toEqual([
      'Step one has started.',
      'Step add has started.',
      'Step add (add_2) has started.',
    ])
  })

  it('end a failed run with what failed and what was skipped for it', async () => {
    const trial = new Trial()
    const build = (): object => {
      const a = one()
      return [add({ a }, { after: broken({ a }) })]
    }
    const lines = await trial.linesOf(() => trial.run(pipeline({ name: 'p', build }), {}, { reject: false }))
    expect(stable(lines).slice(5)).toEqual([
      'Step broken has started.',
      'Step broken has failed after 0.0s: TypeError it broke for good.',
      'Step add is skipped: broken failed.',
      'Pipeline run p-<time> has failed after 0.0s',
    ])
  })

  it('say why a step is not cached', async () => {
    const code = new NamedCode()
    code.identify = async () => ({ known: false, reason: 'it calls eval', at: 'src/one.ts:3' })
    const trial = new Trial({ code })
    await trial.run(pipeline({ name: 'p', build: () => one() }))
    expect(trial.lines.slice(3, 6)).toEqual([
      'Step one has started.',
      'Step one is not cached: it calls eval (src/one.ts:3).',
      expect.stringContaining('Step one has finished'),
    ])
  })

  it('are not printed where log is false', async () => {
    const trial = new Trial()
    await trial.run(
      pipeline({ name: 'p', inputs: { a: z.number() }, build: ({ a }) => add({ a }) }),
      { a: external(z.number(), 1) },
      { log: false },
    )
    expect(trial.lines).toEqual([])
  })
})
