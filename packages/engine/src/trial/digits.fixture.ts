import { matrix, pipeline, step, vector } from '@cairnml/core'
import { z } from 'zod'

/** How often each function ran, by step. */
export const calls: Record<string, number> = {}

const count = (name: string): void => {
  calls[name] = (calls[name] ?? 0) + 1
}

const loadDigits = step({ name: 'digits_data_loader', outputs: { x: matrix, y: vector } }).implement(() => {
  count('digits_data_loader')
  return { x: { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) }, y: Float64Array.of(0, 1) }
})

const trainSvc = step({
  name: 'svc_trainer',
  params: z.object({ gamma: z.number().default(0.001) }),
  inputs: { x: matrix, y: vector },
  output: z.number(),
  cache: false,
}).implement(({ gamma, x, y }) => {
  count('svc_trainer')
  return gamma * x.data.length + y.length
})

/** Two steps, the second of which is never reused. */
export const firstPipeline = pipeline({
  name: 'first_pipeline',
  params: z.object({ gamma: z.number().default(0.001) }),
  build: ({ gamma }) => trainSvc({ gamma, ...loadDigits() }),
})
