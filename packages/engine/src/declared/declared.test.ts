import { appendFileSync, rmSync } from 'node:fs'

import { pipeline, step, type KeyFacts, type PlainData, type StepOptions } from '@cairnml/core'
import { refusalOf } from '@cairnml/core/explain'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { keysIn, rejection, statuses, Trial } from '../trial/trial.fixture.ts'
import { FilesFixture, ServerFixture } from './outside.fixture.ts'

afterEach(() => vi.unstubAllEnvs())

/** A pipeline of one step with these options, which does something while it runs. */
function loading(options: StepOptions, meanwhile: () => void | Promise<void> = () => {}): object {
  const load = step({
    name: 'load',
    params: z.object({ day: z.string().default('mon'), verbose: z.boolean().default(false) }),
    output: z.number(),
    ...options,
  }).implement(async () => {
    await meanwhile()
    return 1
  })
  const params = z.object({ day: z.string().default('mon'), verbose: z.boolean().default(false) })
  return pipeline({ name: 'p', params, build: ({ day, verbose }) => load({ day, verbose }) })
}

/** How a step of a pipeline ended in each of several runs, between which something happens. */
async function outcomes(of: object, ...between: readonly (() => unknown)[]): Promise<readonly string[]> {
  const trial = new Trial()
  const ended = [statuses(await trial.run(of))['load']]
  for (const change of between) {
    await change()
    ended.push(statuses(await trial.run(of))['load'])
  }
  return ended.map((status) => (status === 'cached' ? 'reused' : 'ran'))
}

const nothing = (): void => {}

describe('declared files', () => {
  it('make a step run again when content, names or number change', async () => {
    using files = new FilesFixture({ 'a.csv': '1' })
    const of = loading({ files: [files.path('*.csv')] })
    const changes = [
      nothing,
      () => files.write('a.csv', '2'),
      () => files.write('a.csv', '1'),
      () => files.write('b.csv', ''),
      () => files.write('c.txt', ''),
      () => rmSync(files.path('b.csv')),
    ]
    expect(await outcomes(of, ...changes)).toEqual(['ran', 'reused', 'ran', 'reused', 'ran', 'reused', 'reused'])
  })

  it('that are not there fail the step before it runs, and a glob does not', async () => {
    using files = new FilesFixture()
    let calls = 0
    const count = (): void => void calls++
    const trial = new Trial()
    const missing = loading({ files: [files.path('a.csv')] }, count)
    expect(await rejection(trial.run(missing))).toMatchObject({
      message: expect.stringContaining('CAIRN_DECLARED_FILE') as string,
    })
    expect(calls).toBe(0)
    await trial.run(loading({ files: [files.path('*.csv')] }, count))
    expect(calls).toBe(1)
  })

  it('that change while the step runs leave no result behind, and the line says so', async () => {
    using files = new FilesFixture({ 'a.csv': '1' })
    const of = loading({ files: [files.path('a.csv')] }, () => appendFileSync(files.path('a.csv'), 'x'))
    const trial = new Trial()
    for (let time = 0; time < 2; time++) {
      const run = await trial.run(of)
      expect(run.status).toBe('completed')
      const record = await trial.stepRecord(run.id, 'load')
      expect(record).toMatchObject({ status: 'completed', uncacheable: `${files.path('a.csv')} changed while it ran` })
      expect(refusalOf(record.uncacheable ?? '')?.kind).toBe('changed-meanwhile')
      expect(record.entry).toBeUndefined()
    }
    const said = `Step load: ${files.path('a.csv')} changed while it ran; its result is not kept for reuse.`
    expect(trial.lines.filter((line) => line === said)).toHaveLength(2)
    expect(await keysIn(trial.artifacts, 'cache/')).toEqual([])
  })

  it('that vanish while the step runs count as changed', async () => {
    using files = new FilesFixture({ 'a.csv': '1' })
    const trial = new Trial()
    const run = await trial.run(loading({ files: [files.path('a.csv')] }, () => rmSync(files.path('a.csv'))))
    expect(trial.lines).toContainEqual(
      expect.stringMatching(/^Step load: .*a\.csv cannot be looked at any more; its result/),
    )
    const { uncacheable = '' } = await trial.stepRecord(run.id, 'load')
    expect(refusalOf(uncacheable)?.kind).toBe('changed-meanwhile')
  })
})

describe('declared URLs', () => {
  it('make a step run again when they change there, and are asked once in a run', async () => {
    let etag = '"1"'
    await using server = await ServerFixture.start((_request, response) => response.setHeader('etag', etag).end())
    const urls = [`${server.origin}/a.csv`]
    const one = step({ name: 'one', output: z.number(), urls }).implement(() => 1)
    const two = step({ name: 'two', output: z.number(), urls }).implement(() => 2)
    const of = pipeline({ name: 'p', build: () => [one(), two()] })
    const trial = new Trial()
    await trial.run(of)
    // Once before, and once after each of the two.
    expect(server.asked.splice(0)).toHaveLength(3)
    expect(statuses(await trial.run(of))).toEqual({ one: 'cached', two: 'cached' })
    expect(server.asked.splice(0)).toHaveLength(1)
    etag = '"2"'
    expect(statuses(await trial.run(of))).toEqual({ one: 'completed', two: 'completed' })
  })

  it('that change while the step runs leave no result behind', async () => {
    let version = 1
    await using server = await ServerFixture.start((_request, response) =>
      response.setHeader('etag', `"${version}"`).end(),
    )
    const of = loading({ urls: [`${server.origin}/a.csv?token=s3cr3t`] }, () => void version++)
    const trial = new Trial()
    const run = await trial.run(of)
    expect(trial.lines).toContain(
      `Step load: ${server.origin}/a.csv changed while it ran; its result is not kept for reuse.`,
    )
    expect(JSON.stringify([await trial.stepRecord(run.id, 'load'), trial.lines])).not.toContain('s3cr3t')
  })

  it('that cannot be reached fail the step, without telling what is private in them', async () => {
    await using server = await ServerFixture.start((_request, response) => response.writeHead(404).end())
    const of = loading({ urls: [`${server.origin.replace('//', '//me:pa55@')}/a.csv?token=s3cr3t`] })
    const trial = new Trial()
    const { message } = (await rejection(trial.run(of))) as Error
    expect(message).toContain(`CAIRN_DECLARED_URL Step "load" declares the URL ${server.origin}/a.csv, whose state`)
    expect(message).toContain('it answers with status 404')
    const stored = JSON.stringify([message, trial.lines, await trial.records.query('stepRun', {})])
    expect(stored).not.toMatch(/s3cr3t|pa55/)
  })
})

describe('a run that waits for a declared URL', () => {
  it('can be cancelled', async () => {
    const asked = Promise.withResolvers<void>()
    await using server = await ServerFixture.start(() => asked.resolve())
    const stop = new AbortController()
    const run = rejection(new Trial().run(loading({ urls: [server.origin] }), {}, { signal: stop.signal }))
    await asked.promise
    stop.abort()
    expect(await run).toMatchObject({ code: 'CAIRN_RUN_CANCELLED' })
  })
})

describe('declared environment variables', () => {
  it('make a step run again when they change, and their values are nowhere', async () => {
    const set = (value: string | undefined) => () => vi.stubEnv('CAIRN_TEST_REGION', value)
    const of = loading({ env: ['CAIRN_TEST_REGION'] })
    set('north-1')()
    expect(await outcomes(of, nothing, set('south-2'), set('north-1'), set(''), set(undefined))).toEqual([
      'ran',
      'reused',
      'ran',
      'reused',
      'ran',
      'ran',
    ])
    const trial = new Trial()
    set('north-1')()
    await trial.run(of)
    const trees = JSON.stringify((await trial.records.query('keyTree', {})).items)
    expect(trees).toContain('env:CAIRN_TEST_REGION')
    expect(trees).not.toContain('north-1')
  })

  it('that the step itself changes leave no result behind', async () => {
    vi.stubEnv('CAIRN_TEST_REGION', 'north-1')
    const trial = new Trial()
    await trial.run(loading({ env: ['CAIRN_TEST_REGION'] }, () => void vi.stubEnv('CAIRN_TEST_REGION', 'x')))
    expect(trial.lines).toContain(
      'Step load: the variable CAIRN_TEST_REGION changed while it ran; its result is not kept for reuse.',
    )
  })
})

describe('an own key function', () => {
  it('counts besides everything else, and gets parameters and digests of inputs', async () => {
    const facts: KeyFacts[] = []
    let value: PlainData = 'a'
    const key = (given: KeyFacts): PlainData => {
      facts.push(given)
      return value
    }
    const give = (given: PlainData) => () => void (value = given)
    expect(await outcomes(loading({ key }), nothing, give('b'), give({ n: 1n }), give('a'))).toEqual([
      'ran',
      'reused',
      'ran',
      'ran',
      'reused',
    ])
    expect(facts[0]).toEqual({ params: { day: 'mon', verbose: false }, inputs: {} })
  })

  it.each([
    ['throws', () => Promise.reject(new Error('no such day.')), 'Error: no such day.'],
    ['gives what is not plain data', () => (() => 1) as never, 'CairnError: The key of step "load" holds a function'],
  ])('that %s fails the step before it runs', async (_, key, problem) => {
    const error = await rejection(new Trial().run(loading({ key })))
    expect(error).toMatchObject({ cause: { code: 'CAIRN_KEY_FUNCTION' } })
    expect((error as Error).message).toContain(`The key function of step "load" has failed: ${problem}`)
  })

  it('that gives another value after the step has run leaves no result behind', async () => {
    let count = 0
    const trial = new Trial()
    await trial.run(loading({ key: () => count++ }))
    expect(trial.lines).toContain('Step load: its own key changed while it ran; its result is not kept for reuse.')
  })
})

describe('other caching options', () => {
  it('leave out what is ignored', async () => {
    const trial = new Trial()
    const of = loading({ ignore: { params: ['verbose'] } })
    await trial.run(of)
    expect(statuses(await trial.run(of, { verbose: true }))).toEqual({ load: 'cached' })
    expect(statuses(await trial.run(of, { day: 'tue' }))).toEqual({ load: 'completed' })
  })

  it('refuse to ignore in a run what the step does not have', async () => {
    const options = { steps: { load: { ignore: { params: ['verbos'] } } } }
    await expect(new Trial().run(loading({}), {}, options)).rejects.toMatchObject({ code: 'CAIRN_IGNORE_UNKNOWN' })
  })

  it('let results expire', async () => {
    const trial = new Trial()
    const of = loading({ expires: '1d' })
    await trial.run(of)
    const now = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(now + 3_600_000 * 23)
    expect(statuses(await trial.run(of))).toEqual({ load: 'cached' })
    vi.mocked(Date.now).mockReturnValue(now + 3_600_000 * 25)
    expect(statuses(await trial.run(of))).toEqual({ load: 'completed' })
    expect(trial.lines).toContainEqual(expect.stringContaining('entry expired'))
    vi.restoreAllMocks()
  })

  it('take a declared version in place of code, and the run has the last word', async () => {
    const trial = new Trial()
    const of = loading({ codeVersion: '3' })
    const first = await trial.run(of)
    Object.assign(trial.code, { identify: async () => ({ known: false, reason: 'it calls eval' }) })
    expect(statuses(await trial.run(of))).toEqual({ load: 'cached' })
    expect(statuses(await trial.run(of, {}, { steps: { load: { codeVersion: '4' } } }))).toEqual({ load: 'completed' })
    expect((await trial.stepRecord(first.id, 'load')).codeDigest).toBeUndefined()
  })

  it('of a pipeline are the default of its steps', async () => {
    using files = new FilesFixture({ 'a.csv': '1' })
    const load = step({ name: 'load', output: z.number() }).implement(() => 1)
    const free = step({ name: 'free', output: z.number(), files: [] }).implement(() => 1)
    const of = pipeline({ name: 'p', files: [files.path('*.csv')], build: () => [load(), free()] })
    const trial = new Trial()
    await trial.run(of)
    files.write('a.csv', '2')
    expect(statuses(await trial.run(of))).toEqual({ load: 'completed', free: 'cached' })
  })
})
