import { list, materializer, pipeline, step, type ArtifactStore, type Run } from '@cairnml/core'
import { stopAfterWrites, StopSwitch } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { keysIn, present, Trial, valueOf } from '../trial/trial.fixture.ts'

const pair = materializer<readonly [string, string]>({
  name: 'pair',
  version: 1,
  write: async ([a, b], files) => {
    await files.write('a.txt', a)
    await files.write('deep/b.txt', b)
  },
  read: async (files) => [await files.text('a.txt'), await files.text('deep/b.txt')],
})

/** Which functions ran. */
const calls: string[] = []

const split = step({ name: 'split', outputs: { train: list(z.number()), test: z.number(), names: pair } }).implement(
  () => {
    calls.push('split')
    return { train: [1, 2, 3], test: 4, names: ['left', 'right'] as const }
  },
)
const fit = step({ name: 'fit', inputs: { rows: list(z.number()), names: pair }, output: pair }).implement(
  ({ rows, names }) => {
    calls.push('fit')
    return [names[0], rows.join(',')] as const
  },
)
const square = step({ name: 'square', inputs: { x: z.number() }, output: z.number(), cache: false }).implement(
  ({ x }) => {
    calls.push('square')
    return x * x
  },
)
const report = step({
  name: 'report',
  inputs: { model: pair, scores: list(z.number()) },
  output: z.string(),
}).implement(({ model, scores }, { metric }) => {
  calls.push('report')
  metric('count', scores.length)
  return `${model.join('/')} ${scores.join(',')}`
})
const whole = pipeline({
  name: 'whole',
  build: () => {
    const { train, test, names } = split()
    return report({ model: fit({ rows: train, names }), scores: [square({ x: test })] })
  },
})
const STEPS = ['fit', 'report', 'split', 'square']
const CACHED_STEPS = ['split', 'fit', 'report']

/** The names of the steps whose reusable result was written. */
async function finished(store: ArtifactStore): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const key of await keysIn(store, 'cache/')) {
    const chunks: Uint8Array[] = []
    for await (const chunk of present(await store.get(key))) chunks.push(chunk)
    names.add((JSON.parse(Buffer.concat(chunks).toString()) as { readonly step: string }).step)
  }
  return names
}

/** Runs on parts that stop for ever after so many writes; says whether they did. */
async function runUntil(writes: number, trial: Trial): Promise<boolean> {
  const stop = new StopSwitch(writes)
  const dying = new Trial({
    artifactStore: stopAfterWrites(trial.artifacts, stop),
    metadataStore: stopAfterWrites(trial.records, stop),
    cacheIndex: stopAfterWrites(trial.index, stop),
    code: trial.code,
    concurrency: trial.concurrency,
  })
  const run = await dying.run(whole).catch(() => undefined)
  if (run !== undefined && !stop.isStopped) expect(run.status).toBe('completed')
  return stop.isStopped
}

async function expectWhole(run: Run): Promise<void> {
  expect(run.status).toBe('completed')
  await expect(valueOf(run, 'report')).resolves.toBe('left/1,2,3 16')
  await expect(valueOf(run, 'fit')).resolves.toEqual(['left', '1,2,3'])
  await expect(run.steps['split']?.outputs['train']?.load()).resolves.toEqual([1, 2, 3])
  expect(run.steps['report']?.metrics).toEqual([{ name: 'count', value: 1 }])
}

describe('a process that dies', () => {
  it.each([1, 2])(
    'after any write, running %i steps at once, leaves what the next run completes',
    async (concurrency) => {
      for (let writes = 0; ; writes++) {
        const trial = new Trial({ concurrency })
        const stopped = await runUntil(writes, trial)
        const done = await finished(trial.artifacts)
        calls.length = 0
        await expectWhole(await trial.run(whole))
        expect(calls.toSorted(), `after ${writes} writes`).toEqual(STEPS.filter((name) => !done.has(name)))
        expect(await finished(trial.artifacts)).toEqual(new Set(CACHED_STEPS))
        calls.length = 0
        await expectWhole(await trial.run(whole))
        expect(calls).toEqual(['square'])
        expect((await trial.records.query('keyTree')).items).toHaveLength(3)
        if (!stopped) return
      }
    },
  )

  it('again and again after a few more writes still comes to an end', async () => {
    const trial = new Trial()
    let deaths = 0
    while (await runUntil(10, trial)) deaths += 1
    expect(deaths).toBeGreaterThan(1)
    calls.length = 0
    await expectWhole(await trial.run(whole))
    expect(calls).toEqual(['square'])
  })

  it('never leaves a manifest whose outputs are not all there, nor an entry without its manifest', async () => {
    for (let writes = 0; ; writes++) {
      const trial = new Trial()
      const stopped = await runUntil(writes, trial)
      const plan = await trial.plan(whole)
      const done = await finished(trial.artifacts)
      const reused = plan.steps.filter(({ state }) => state === 'reused').map(({ id }) => id)
      // The report depends on a step that always runs.
      expect(reused, `after ${writes} writes`).toEqual(['split', 'fit'].filter((name) => done.has(name)))
      if (!stopped) return
    }
  })
})
