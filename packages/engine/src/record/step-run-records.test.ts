import { cacheKey, external, InlineOrchestrator, pipeline, step } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { load, train, training } from '../trial/training.fixture.ts'
import { present, Trial } from '../trial/trial.fixture.ts'

const HEX = /^[0-9a-f]{64}$/
const time = expect.any(Number)

describe('the record of a step run', () => {
  it('that was executed holds key, code, parameters, inputs, outputs, metrics, facts, options and attempts', async () => {
    const trial = new Trial()
    const { id } = await trial.run(training)
    const loaded = await trial.stepRecord(id, 'load')
    const record = await trial.stepRecord(id, 'train')
    expect(record).toEqual({
      id: `${id}.train`,
      revision: 2,
      run: id,
      invocation: 'train',
      step: 'train',
      position: 1,
      status: 'completed',
      startedAt: time,
      endedAt: time,
      key: expect.stringMatching(HEX),
      entry: expect.any(String),
      entryOf: 'train',
      why: { kind: 'first' },
      codeDigest: expect.stringMatching(HEX),
      params: { gamma: 0.5, seed: { $bigint: '7' } },
      inputs: { x: present(loaded.outputs?.['output']) },
      outputs: {
        model: expect.objectContaining({ kind: 'file', type: 'json@1' }),
        score: expect.objectContaining({ size: 1 }),
      },
      metrics: [
        { name: 'loss', value: 0.25, step: 1 },
        { name: 'loss', value: 0.125, step: 2 },
      ],
      metadata: { rows: 3, source: 'test' },
      options: { retry: { attempts: 2, delay: '1ms' }, tags: ['slow'] },
      attempts: [{ attempt: 1, status: 'completed', startedAt: time, endedAt: time }],
    })
    const [entry] = await trial.index.get(present(record.key))
    expect(entry).toMatchObject({ id: record.entry, run: { id }, metrics: record.metrics, outputs: record.outputs })
  })

  it('that was reused is one small row that points to its origin', async () => {
    const trial = new Trial()
    const first = await trial.run(training)
    const second = await trial.run(training)
    const origin = await trial.stepRecord(first.id, 'train')
    expect(await trial.stepRecord(second.id, 'train')).toEqual({
      id: `${second.id}.train`,
      revision: 1,
      run: second.id,
      invocation: 'train',
      step: 'train',
      position: 1,
      status: 'cached',
      startedAt: time,
      endedAt: time,
      key: origin.key,
      entry: origin.entry,
      origin: origin.id,
    })
  })

  it('without a key says why', async () => {
    const trial = new Trial({ code: { identify: async () => ({ known: false, reason: 'it calls eval' }) } })
    const { id } = await trial.run(training)
    const record = await trial.stepRecord(id, 'load')
    expect(record).toMatchObject({ status: 'completed', uncacheable: 'it calls eval' })
    expect(record).not.toHaveProperty('key')
    expect(record).not.toHaveProperty('entry')
  })

  it('whose cache is off has neither key nor reason', async () => {
    const trial = new Trial()
    const { id } = await trial.run(training, {}, { cache: 'off' })
    const record = await trial.stepRecord(id, 'load')
    for (const field of ['key', 'entry', 'uncacheable', 'codeDigest']) expect(record).not.toHaveProperty(field)
  })

  it('that failed keeps what was known when it began', async () => {
    const broken = step({ name: 'broken', inputs: { x: z.number() }, output: z.number() }).implement((): number => {
      throw new Error('no')
    })
    const trial = new Trial()
    const { id } = await trial.run(pipeline({ name: 'p', build: () => broken({ x: load() }) }), {}, { reject: false })
    const record = await trial.stepRecord(id, 'broken')
    expect(record).toMatchObject({
      status: 'failed',
      revision: 2,
      error: { code: 'Error', message: 'no', stack: expect.stringContaining('step-run-records.test.ts') },
      inputs: { x: expect.objectContaining({ kind: 'file' }) },
      key: expect.stringMatching(HEX),
    })
    expect(record).not.toHaveProperty('outputs')
  })

  it('that could not be started keeps what was known when it began, too', async () => {
    class Unready extends InlineOrchestrator {
      async prepare(): Promise<void> {
        throw new Error('no cluster')
      }
    }
    const trial = new Trial({ orchestrator: new Unready() })
    const { id } = await trial.run(training, {}, { reject: false })
    expect(await trial.stepRecord(id, 'load')).toMatchObject({
      status: 'failed',
      key: expect.stringMatching(HEX),
      error: { message: 'no cluster' },
    })
    expect(await trial.stepRecord(id, 'train')).toMatchObject({ status: 'skipped' })
  })
})

describe('the parts of a key', () => {
  it('are stored once and make up the key', async () => {
    const trial = new Trial()
    const p = pipeline({ name: 'p', inputs: { x: z.number() }, build: ({ x }) => train({ x }) })
    const { id } = await trial.run(p, { x: external(z.number(), 4) })
    await trial.run(p, { x: external(z.number(), 4) }, { refresh: ['train'] })
    const { items } = await trial.records.query('keyTree')
    expect(items).toHaveLength(1)
    const { id: key, tree } = present(items[0])
    expect(key).toBe((await trial.stepRecord(id, 'train')).key)
    expect(cacheKey(tree)).toBe(key)
    expect(tree.parts.map(({ label }) => label)).toEqual([
      'code',
      'param:gamma',
      'param:seed',
      'input:x',
      'output:model',
      'output:score',
    ])
  })
})
