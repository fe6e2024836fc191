import { pipeline, step } from '@cairnml/core'
import { z } from 'zod'

/** A step that gives 2. */
export const load = step({ name: 'load', output: z.number() }).implement(() => 2)

/** A step with everything that a record can hold. */
export const train = step({
  name: 'train',
  params: z.object({ gamma: z.number().default(0.5), seed: z.bigint().default(7n) }),
  inputs: { x: z.number() },
  outputs: { model: z.string(), score: z.number() },
  retry: { attempts: 2, delay: '1ms' },
  tags: ['slow'],
}).implement(({ gamma, x }, { metric, metadata }) => {
  metric('loss', 0.25, 1)
  metric('loss', 0.125, 2)
  metadata({ rows: 3 })
  metadata({ source: 'test' })
  return { model: 'm', score: gamma * x }
})

/** Both, as a pipeline with tags and with parameters that JSON cannot hold as they are. */
export const training = pipeline({
  name: 'Training',
  params: z.object({ gamma: z.number().default(0.5), from: z.date().default(new Date(0)) }),
  tags: ['nightly'],
  build: ({ gamma }) => train({ gamma, x: load() }),
})
