import { pipeline, step, type KnownCode, type StepCode, type StepOptions, type StepSource } from '@cairnml/core'
import { refusalOf } from '@cairnml/core/explain'
import { digestOf, knownCode } from '@cairnml/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { rejection, statuses, Trial } from '../trial/trial.fixture.ts'

afterEach(() => vi.unstubAllEnvs())

const FETCH = { what: 'fetch', at: 'src/load.ts:12' }
const CLOCK = { what: 'Date.now', at: 'src/load.ts:14' }
const READS =
  'Step load reads from outside (fetch, src/load.ts:12) and declares nothing: reused until its code changes. ' +
  'Declare files, urls, key or expires, or cache: false.'

/** A trial in which every step has such code. */
function trialWith(fields: Partial<KnownCode>): Trial & { code: { fields: Partial<KnownCode> } } {
  const code = {
    fields,
    identify: async ({ name }: StepSource): Promise<StepCode> => knownCode({ digest: digestOf(name), ...code.fields }),
  }
  return new Trial({ code }) as Trial & { code: typeof code }
}

function loading(options: StepOptions = {}, ofPipeline: StepOptions = {}): object {
  const params = z.object({ day: z.string().default('mon') })
  const load = step({ name: 'load', params, output: z.number(), ...options }).implement(() => 1)
  return pipeline({ name: 'p', params, ...ofPipeline, build: ({ day }) => load({ day }) })
}

const saidBy = (trial: Trial, what: string): readonly string[] => trial.lines.filter((line) => line.includes(what))

describe('a step that ignores what it does not use', () => {
  it('says so once per code version, and runs', async () => {
    const trial = trialWith({ environment: ['TZ'] })
    const ignore = { env: ['TZ', 'NOPE', 'DECLARED'], packages: ['nope'] }
    await trial.run(loading({ ignore, env: ['DECLARED'] }))
    await trial.run(loading({ ignore, env: ['DECLARED'] }), { day: 'tue' })
    expect(saidBy(trial, ' ignores ')).toEqual([
      'Step load ignores the variable NOPE, which it neither reads by name nor declares.',
      'Step load ignores the package nope, which it does not reach.',
    ])
  })

  it('says nothing of what its pipeline ignores for all steps', async () => {
    const trial = trialWith({})
    await trial.run(loading({}, { ignore: { env: ['NOPE'], packages: ['nope'] } }))
    expect(saidBy(trial, ' ignores ')).toEqual([])
  })
})

describe('a step that reads from outside and declares nothing', () => {
  it('is cached and says so, once per code version', async () => {
    const trial = trialWith({ outsideReads: [FETCH] })
    await trial.run(loading())
    expect(saidBy(trial, 'reads from outside')).toEqual([READS])
    expect(statuses(await trial.run(loading()))).toEqual({ load: 'cached' })
    await trial.run(loading(), { day: 'tue' })
    expect(saidBy(trial, 'reads from outside')).toHaveLength(1)
    trial.code.fields = { ...trial.code.fields, digest: digestOf('edited') }
    await trial.run(loading())
    expect(saidBy(trial, 'reads from outside')).toEqual([READS, READS])
  })

  it('keeps with its key what is to be said of it', async () => {
    const trial = trialWith({ outsideReads: [FETCH, CLOCK] })
    await trial.run(loading())
    const [record] = (await trial.records.query('keyTree', {})).items
    expect(record?.tree.notices).toEqual([
      expect.stringMatching(/^reads from outside \(fetch, src\/load\.ts:12, and 1 more\) and declares nothing:/),
    ])
  })

  it.each<readonly [string, StepOptions, StepOptions]>([
    ['expires', { expires: '1d' }, {}],
    ['a key', { key: () => 1 }, {}],
    ['files', { files: ['package.json'] }, {}],
    ['env', { env: ['TZ'] }, {}],
    ['cache: true', { cache: true }, {}],
    ['cache: false', { cache: false }, {}],
    ['undeclared: off', { undeclared: 'off' }, {}],
    ['codeVersion', { codeVersion: '1' }, {}],
    ['something in its pipeline', {}, { expires: '1d' }],
  ])('says nothing if it declares %s', async (_, options, ofPipeline) => {
    const trial = trialWith({ outsideReads: [FETCH] })
    await trial.run(loading(options, ofPipeline))
    expect(saidBy(trial, 'reads from outside')).toEqual([])
  })

  it('says nothing in a run without the cache', async () => {
    const trial = trialWith({ outsideReads: [FETCH] })
    await trial.run(loading(), {}, { cache: 'off' })
    expect(saidBy(trial, 'reads from outside')).toEqual([])
  })

  it('fails before it runs where that is asked for, whether there is a result or not', async () => {
    const trial = trialWith({ outsideReads: [FETCH] })
    await trial.run(loading())
    for (const args of [{}, { day: 'tue' }]) {
      const error = await rejection(trial.run(loading({ undeclared: 'error' }), args))
      expect(error).toMatchObject({ cause: { code: 'CAIRN_UNDECLARED_READ' } })
      expect((error as Error).message).toContain('(fetch, src/load.ts:12)')
    }
  })
})

describe('environment variables that the code of a step reads', () => {
  it('count by value, unless they are ignored', async () => {
    const trial = trialWith({ environment: ['CAIRN_TEST_REGION'] })
    const ignoring = loading({ ignore: { env: ['CAIRN_TEST_REGION'] } })
    vi.stubEnv('CAIRN_TEST_REGION', 'north')
    await trial.run(loading())
    await trial.run(ignoring)
    expect(statuses(await trial.run(loading()))).toEqual({ load: 'cached' })
    vi.stubEnv('CAIRN_TEST_REGION', 'south')
    expect(statuses(await trial.run(loading()))).toEqual({ load: 'completed' })
    expect(statuses(await trial.run(ignoring))).toEqual({ load: 'cached' })
  })

  it('do not count if they are secrets, and one that is none by declaration is named', async () => {
    const trial = trialWith({ environment: ['CAIRN_TEST_API_KEY', 'CAIRN_TEST_LICENCE'] })
    const of = loading({ secrets: ['CAIRN_TEST_LICENCE'] })
    vi.stubEnv('CAIRN_TEST_API_KEY', 'k1')
    vi.stubEnv('CAIRN_TEST_LICENCE', 'l1')
    await trial.run(of)
    expect(saidBy(trial, 'by its name')).toEqual([
      'Step load reads CAIRN_TEST_API_KEY, which by its name is a secret: it does not count for caching. ' +
        'Declare it in secrets.',
    ])
    vi.stubEnv('CAIRN_TEST_API_KEY', 'k2')
    vi.stubEnv('CAIRN_TEST_LICENCE', 'l2')
    expect(statuses(await trial.run(of))).toEqual({ load: 'cached' })
  })
})

describe('a step whose code reads which run it is in', () => {
  it('is not cached, with the place, unless it has a key', async () => {
    const trial = trialWith({ readsRun: 'src/load.ts:3' })
    const run = await trial.run(loading())
    expect(trial.lines).toContain(
      'Step load is not cached: it reads context.run, which differs from run to run, and declares no key (src/load.ts:3).',
    )
    const { uncacheable = '' } = await trial.stepRecord(run.id, 'load')
    expect(refusalOf(uncacheable)?.kind).toBe('reads-the-run')
    const keyed = loading({ key: () => 1 })
    await trial.run(keyed)
    expect(statuses(await trial.run(keyed))).toEqual({ load: 'cached' })
  })
})
