import { expect, it } from 'vitest'

import { bestRun } from './best-run.ts'
import type { SweptRun } from './swept-run.ts'

const runOf = (name: string, metrics: Readonly<Record<string, number>>): SweptRun => ({
  combination: { values: [], label: name },
  status: 'completed',
  name,
  durationMs: 1,
  counts: {},
  metrics,
})

const RUNS = [
  runOf('without', {}),
  runOf('no number', { acc: Number.NaN }),
  runOf('low', { acc: -1 }),
  runOf('high', { acc: 2 }),
  runOf('as high', { acc: 2 }),
  runOf('as low', { acc: -1 }),
]

it.each([
  ['max', 'high'],
  ['min', 'low'],
] as const)('takes the first run with the %s value of the metric', (goal, name) => {
  expect(bestRun(RUNS, 'acc', goal)?.name).toBe(name)
  expect(bestRun(RUNS.toReversed(), 'acc', goal)?.name).toBe(`as ${name}`)
})

it('takes a run whose value is infinitely bad where no other has one', () => {
  expect(bestRun([runOf('only', { loss: Infinity })], 'loss', 'min')?.name).toBe('only')
})

it('takes none where no run has a number for the metric', () => {
  expect(bestRun(RUNS.slice(0, 2), 'acc', 'max')).toBeUndefined()
  expect(bestRun(RUNS, 'other', 'max')).toBeUndefined()
})
