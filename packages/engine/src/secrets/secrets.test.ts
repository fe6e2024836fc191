import { pipeline, readWhole, step } from '@cairnml/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { keysIn, rejection, statuses, Trial } from '../trial/trial.fixture.ts'

afterEach(() => vi.unstubAllEnvs())

const SECRET = 'sk-very-secret'
const ask = step({ name: 'ask', output: z.string(), secrets: ['CAIRN_TEST_KEY'] }).implement(
  (_args, { secrets, log, progress, metric, metadata }) => {
    log.info(`key ${secrets.CAIRN_TEST_KEY}`)
    progress(0.5, `with ${secrets.CAIRN_TEST_KEY}`)
    metric(`tokens of ${secrets.CAIRN_TEST_KEY}`, 1)
    metadata({ header: `Bearer ${secrets.CAIRN_TEST_KEY}` })
    return `${secrets.CAIRN_TEST_KEY.length}`
  },
)
const asking = pipeline({ name: 'p', build: () => ask() })

/** Everything that a trial has stored and said, as text. */
async function everything(trial: Trial): Promise<string> {
  const records = await Promise.all(
    (['run', 'stepRun', 'keyTree', 'pipelineVersion'] as const).map((kind) =>
      trial.records.query(kind, { limit: 1000 }),
    ),
  )
  const objects = await Promise.all((await keysIn(trial.artifacts)).map((key) => readWhole(trial.artifacts, key)))
  return JSON.stringify([trial.lines, records]) + objects.map((bytes) => Buffer.from(bytes ?? []).toString()).join()
}

describe('the secrets of a step', () => {
  it('reach its function and nothing that is stored or said; rotating them runs nothing', async () => {
    const trial = new Trial()
    vi.stubEnv('CAIRN_TEST_KEY', SECRET)
    const run = await trial.run(asking)
    expect(await run.steps['ask']?.output.load()).toBe(String(SECRET.length))
    expect(await everything(trial)).not.toContain(SECRET)
    expect(await everything(trial)).toContain('Bearer ***')
    expect((await trial.stepRecord(run.id, 'ask')).options).toEqual({ secrets: ['CAIRN_TEST_KEY'] })
    vi.stubEnv('CAIRN_TEST_KEY', 'another')
    expect(statuses(await trial.run(asking))).toEqual({ ask: 'cached' })
    vi.stubEnv('CAIRN_TEST_KEY', undefined)
    expect(statuses(await trial.run(asking))).toEqual({ ask: 'cached' })
  })

  it('fail it with their name where they are missing, once, and before it runs', async () => {
    vi.stubEnv('CAIRN_TEST_KEY', undefined)
    const trial = new Trial()
    const retried = pipeline({ name: 'p', retry: { attempts: 3, delay: '1ms' }, build: () => ask() })
    const error = (await rejection(trial.run(retried))) as Error
    expect(error.message).toContain('CAIRN_SECRET_MISSING Step "ask" needs the secret CAIRN_TEST_KEY, which is not set')
    expect(trial.lines.filter((line) => line.includes('is retried'))).toEqual([])
  })

  it('are hidden in what it throws, for hooks and for whoever started the run', async () => {
    vi.stubEnv('CAIRN_TEST_KEY', SECRET)
    const told: unknown[] = []
    const fails = step({
      name: 'fails',
      secrets: ['CAIRN_TEST_KEY'],
      onFailure: ({ error }) => void told.push(error),
    }).implement((_args, { secrets }) => {
      throw new Error(`401 for ${secrets.CAIRN_TEST_KEY}`, { cause: new Error(secrets.CAIRN_TEST_KEY) })
    })
    const trial = new Trial()
    const error = (await rejection(trial.run(pipeline({ name: 'p', build: () => fails() })))) as Error
    expect(error.message).toContain('401 for ***')
    const shown = [error, error.cause, ...told].map((thrown) =>
      JSON.stringify(thrown, Object.getOwnPropertyNames(thrown)),
    )
    expect(shown.join()).not.toContain(SECRET)
    expect(await everything(trial)).not.toContain(SECRET)
  })

  it('of a pipeline are given to its steps that declare none', async () => {
    vi.stubEnv('CAIRN_TEST_KEY', SECRET)
    const plain = step({ name: 'plain', output: z.number() }).implement(
      (_args, { secrets }) => secrets['CAIRN_TEST_KEY']?.length ?? 0,
    )
    const run = await new Trial().run(pipeline({ name: 'p', secrets: ['CAIRN_TEST_KEY'], build: () => plain() }))
    expect(await run.steps['plain']?.output.load()).toBe(SECRET.length)
  })
})
