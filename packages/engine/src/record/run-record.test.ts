import { pipeline, step, thisProcess } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { load, training } from '../trial/training.fixture.ts'
import { present, Trial } from '../trial/trial.fixture.ts'

const time = expect.any(Number)

describe('the record of a run', () => {
  it('holds everything that is known when it has ended', async () => {
    const trial = new Trial()
    const before = Date.now()
    const run = await trial.run(
      training,
      { gamma: 1 },
      { name: 'First', tags: ['s7'], refresh: ['load'], cache: 'write' },
    )
    const record = present(await trial.records.get('run', run.id))
    expect(record).toEqual({
      id: run.id,
      revision: 2,
      name: 'First',
      nameKey: 'first',
      pipeline: 'Training',
      version: 1,
      status: 'completed',
      startedAt: time,
      endedAt: time,
      params: { gamma: 1, from: { $date: '1970-01-01T00:00:00.000Z' } },
      options: { cache: 'write', failureMode: 'stop-on-failure', refresh: ['load'] },
      tags: ['nightly', 's7'],
      stack: {
        name: 'memory',
        components: Object.fromEntries(
          ['orchestrator', 'artifactStore', 'metadataStore', 'cachePolicy', 'cacheIndex'].map((port) => [
            port,
            { name: 'inline', type: 'inline', plugin: 'inline' },
          ]),
        ),
      },
      process: JSON.parse(JSON.stringify(thisProcess())) as unknown,
      metrics: [{ name: 'loss', value: 0.125, step: 2 }],
      counts: { completed: 2 },
    })
    expect(record.startedAt).toBeGreaterThanOrEqual(before)
    expect(record.endedAt).toBeGreaterThanOrEqual(record.startedAt)
  })

  it('says running while the run goes on', async () => {
    const trial = new Trial()
    const seen: unknown[] = []
    const looks = step({ name: 'looks', inputs: { x: z.number() } }).implement(async (_args, { run }) => {
      seen.push((await trial.records.get('run', run.id))?.status, (await trial.stepRecord(run.id, 'looks')).status)
      seen.push((await trial.stepRecord(run.id, 'load')).status)
    })
    await trial.run(pipeline({ name: 'p', build: () => looks({ x: load() }) }))
    expect(seen).toEqual(['running', 'running', 'completed'])
  })

  it('has the last value of each metric, of the last step in the plan, reused or not', async () => {
    const measure = step({ name: 'measure', params: z.object({ value: z.number() }) }).implement(
      async ({ value }, { metric }) => {
        // The first in the plan ends last.
        if (value === 1) await new Promise((resolve) => setTimeout(resolve, 20))
        metric('acc', 0, 1)
        metric('acc', value, 2)
      },
    )
    const measured = pipeline({
      name: 'measured',
      build: () => {
        measure({ value: 1 })
        measure({ value: 2 })
      },
    })
    const trial = new Trial()
    for (const status of ['completed', 'cached']) {
      await trial.run(measured)
      expect(await trial.lastRun()).toMatchObject({ status, metrics: [{ name: 'acc', value: 2 }] })
    }
  })

  it('says cached when every step was', async () => {
    const trial = new Trial()
    await trial.run(training)
    await trial.run(training)
    expect(await trial.lastRun()).toMatchObject({ status: 'cached', counts: { cached: 2 } })
  })

  it('says completed for a pipeline without steps', async () => {
    const trial = new Trial()
    await trial.run(pipeline({ name: 'empty', build: () => undefined }))
    expect(await trial.lastRun()).toMatchObject({ status: 'completed', counts: {} })
  })
})
