import { describe, expect, it } from 'vitest'

import { stableLines } from '../command/greeting-project.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const MAIN = 'main.ts'

function firstPipeline(): TemporaryProject {
  return temporaryProject({
    [MAIN]: `import { pipeline, step } from 'cairnml'
import { z } from 'zod'

import { inOrder } from './order.ts'

const list = z.array(z.number())
const loader = step({ name: 'digits_data_loader', output: list }).implement(() => [3, 1, 2])
const scale = step({ name: 'scale', inputs: { digits: list }, output: list }).implement(({ digits }) => inOrder(digits))
const trainer = step({
  name: 'svc_trainer',
  params: z.object({ gamma: z.number().default(0.001) }),
  inputs: { digits: list },
  output: z.number(),
}).implement(({ gamma, digits }) => gamma * digits.length)
const evaluator = step({ name: 'evaluator', inputs: { model: z.number() }, output: z.number() }).implement(
  ({ model }) => model * 2,
)

export const first = pipeline({
  name: 'first_pipeline',
  params: z.object({ gamma: z.number().default(0.001) }),
  build: ({ gamma }) => evaluator({ model: trainer({ gamma, digits: scale({ digits: loader() }) }) }),
})
`,
    'order.ts': 'export const inOrder = (digits: readonly number[]): number[] => digits.toSorted((a, b) => a - b)\n',
  })
}

const BEFORE = [
  'Creating run first_pipeline-<time> for pipeline first_pipeline (caching enabled)',
  'Using stack default to run pipeline first_pipeline...',
]
const AFTER = 'Pipeline run first_pipeline-<time> has finished in <time>.'
const ran = (step: string): readonly string[] => [`Step ${step} has started.`, `Step ${step} has finished in <time>.`]
const reused = (step: string): readonly string[] => [
  `Step ${step} has started.`,
  `Using cached version of ${step}.`,
  `Step ${step} has finished in <time>.`,
]

describe('the lines of', () => {
  it('a first run, a cached run, a run with another parameter and a run that is cut off early', async () => {
    using project = firstPipeline()

    const first = await project.run(MAIN)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/^Creating run first_pipeline-\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d_\d{6} for/m)
    expect(first.stdout).toMatch(/^Step scale has finished in \d+\.\d{3}s\.$/m)
    const name = /^Creating run (\S+)/m.exec(first.stdout)?.[1]
    expect(stableLines(first.stdout)).toEqual([
      'Registered pipeline first_pipeline (version 1).',
      ...BEFORE,
      ...ran('digits_data_loader'),
      ...ran('scale'),
      ...ran('svc_trainer'),
      ...ran('evaluator'),
      AFTER,
    ])

    const cached = await project.run(MAIN)
    expect(stableLines(cached.stdout)).toEqual([
      'Using pipeline first_pipeline (version 1).',
      ...BEFORE,
      ...reused('digits_data_loader'),
      ...reused('scale'),
      ...reused('svc_trainer'),
      ...reused('evaluator'),
      AFTER,
    ])

    const changed = await project.run(MAIN, { args: ['--param', 'gamma=0.0015'] })
    expect(changed.stdout).toContain(
      `\nStep svc_trainer runs: parameter gamma 0.001 -> 0.0015 (against run ${String(name)}).\n`,
    )
    expect(stableLines(changed.stdout)).toEqual([
      'Using pipeline first_pipeline (version 1).',
      ...BEFORE,
      ...reused('digits_data_loader'),
      ...reused('scale'),
      'Step svc_trainer has started.',
      'Step svc_trainer runs: parameter gamma 0.001 -> 0.0015 (against run first_pipeline-<time>).',
      'Step svc_trainer has finished in <time>.',
      'Step evaluator has started.',
      'Step evaluator runs: input model changed (from svc_trainer, which ran again) (against run first_pipeline-<time>).',
      'Step evaluator has finished in <time>.',
      AFTER,
    ])

    project.edit('order.ts', 'a - b', '-(b - a)')
    const cut = await project.run(MAIN)
    expect(stableLines(cut.stdout)).toEqual([
      'Using pipeline first_pipeline (version 1).',
      ...BEFORE,
      ...reused('digits_data_loader'),
      'Step scale has started.',
      'Step scale runs: function inOrder (order.ts) changed (against run first_pipeline-<time>).',
      'Step scale has finished in <time>.',
      'Step scale gave the same bytes as before; 2 steps below can be reused.',
      ...reused('svc_trainer'),
      ...reused('evaluator'),
      AFTER,
    ])
  })

  it('a run without cache', async () => {
    using project = firstPipeline()
    await project.run(MAIN)

    const off = await project.run(MAIN, { args: ['--no-cache'] })

    expect(stableLines(off.stdout)).toEqual([
      'Using pipeline first_pipeline (version 1).',
      'Creating run first_pipeline-<time> for pipeline first_pipeline (caching disabled)',
      'Using stack default to run pipeline first_pipeline...',
      'Runtime configuration overrides the cache settings of this run to cache=false. ' +
        'The stored defaults are kept for later runs.',
      ...ran('digits_data_loader'),
      ...ran('scale'),
      ...ran('svc_trainer'),
      ...ran('evaluator'),
      AFTER,
    ])
  })

  it('a step that is not cached, one that is retried and fails, and one that is skipped for that', async () => {
    using project = temporaryProject({
      'src/steps.ts': `import { step } from 'cairnml'
import { z } from 'zod'

export const odd = step({ name: 'odd', output: z.number() }).implement(() => {
  const same = eval('1 + 1')
  return same === 2 ? 1 : 0
})
export const bad = step({
  name: 'bad',
  inputs: { number: z.number() },
  output: z.number(),
  retry: { attempts: 2, delay: '10ms' },
}).implement(() => {
  throw new Error('boom')
})
export const last = step({ name: 'last', inputs: { number: z.number() }, output: z.number() }).implement(
  ({ number }) => number,
)
`,
      [MAIN]: `import { pipeline } from 'cairnml'
import { bad, last, odd } from './src/steps.ts'

export const p = pipeline({ name: 'p', build: () => last({ number: bad({ number: odd() }) }) })
`,
    })

    const failed = await project.run(MAIN)

    expect(failed.code).toBe(1)
    expect(stableLines(failed.stdout)).toEqual([
      'Registered pipeline p (version 1).',
      'Creating run p-<time> for pipeline p (caching enabled)',
      'Using stack default to run pipeline p...',
      'Step odd has started.',
      expect.stringMatching(/^Step odd is not cached: .*eval.* \(src\/steps\.ts:5\)\.$/),
      'Step odd has finished in <time>.',
      'Step bad has started.',
      'Step bad is retried in <time> (attempt 2 of 2): Error boom.',
      'Step bad has failed after <time>: Error boom.',
      'Step last is skipped: bad failed.',
      'Pipeline run p-<time> has failed after <time>',
    ])
  })
})
