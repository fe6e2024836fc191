import {
  MemoryArtifactStore,
  pipeline,
  runReportKey,
  step,
  thisProcess,
  type ArtifactStore,
  type RunRecord,
} from '@cairnml/core'
import { reportOf } from '@cairnml/core/run-report'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { keysIn, NamedCode, present, Trial } from '../trial/trial.fixture.ts'
import { syncRuns, type SyncedRun } from './sync-runs.ts'

const load = step({ name: 'load', output: z.number() }).implement(() => 2)
const scale = step({
  name: 'scale',
  params: z.object({ by: z.number() }),
  inputs: { x: z.number() },
  output: z.number(),
}).implement(({ by, x }) => by * x)
const broken = step({ name: 'broken' }).implement(() => {
  throw new Error('no')
})
const small = pipeline({
  name: 'small',
  params: z.object({ by: z.number().default(3) }),
  build: ({ by }) => scale({ by, x: load() }),
})
/** The same name, another structure. */
const smaller = pipeline({ name: 'small', build: () => load() })
const failing = pipeline({ name: 'failing', build: () => broken() })

/** A store that refuses the first report. */
class FullOnce extends MemoryArtifactStore {
  #isFull = true

  override put(...args: Parameters<MemoryArtifactStore['put']>): ReturnType<MemoryArtifactStore['put']> {
    const refuses = this.#isFull && args[0].endsWith('/run.json')
    if (refuses) this.#isFull = false
    return refuses ? Promise.reject(new Error('the disk is full')) : super.put(...args)
  }
}

let artifacts: ArtifactStore
let code: NamedCode
beforeEach(() => {
  artifacts = new MemoryArtifactStore()
  code = new NamedCode()
})

/** Records and an index of its own, and the artifact store and code that all machines have. */
const machine = (): Trial => new Trial({ artifactStore: artifacts, code })

async function sync(trial: Trial): Promise<readonly SyncedRun[]> {
  const synced: SyncedRun[] = []
  for await (const each of syncRuns({ stack: trial.stack, environment: { fallbackDirs: [] } })) synced.push(each)
  return synced
}

async function textOf(key: string): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of present(await artifacts.get(key))) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

async function runNamed(trial: Trial, name: string): Promise<RunRecord> {
  return present((await trial.records.query('run', { where: { nameKey: name } })).items[0])
}

describe('the report of a run in the artifact store', () => {
  it('is there after a run that completed, failed, or reused everything', async () => {
    const one = machine()
    const ids = [
      (await one.run(small)).id,
      (await one.run(small)).id,
      (await one.run(failing, {}, { reject: false })).id,
    ]
    expect((await keysIn(artifacts, 'runs/')).filter((key) => key.endsWith('/run.json'))).toEqual(
      ids.map(runReportKey).toSorted(),
    )
  })

  it('is there after a run that was cancelled', async () => {
    const one = machine()
    const abort = new AbortController()
    const stopped = step({ name: 'stopped' }).implement(() => abort.abort())
    const run = one.run(
      pipeline({ name: 'p', build: () => load(undefined, { after: stopped() }) }),
      {},
      { signal: abort.signal },
    )
    await expect(run).rejects.toMatchObject({ code: 'CAIRN_RUN_CANCELLED' })
    expect(await textOf(runReportKey((await one.lastRun()).id))).toContain('"status":"cancelled"')
  })

  it('has the parts of the keys that were made, once', async () => {
    const one = machine()
    const made = JSON.parse(await textOf(runReportKey((await one.run(small)).id))) as { readonly keyTrees: object[] }
    const reused = JSON.parse(await textOf(runReportKey((await one.run(small)).id))) as { readonly keyTrees: object[] }
    expect([made.keyTrees.length, reused.keyTrees.length]).toEqual([2, 0])
  })

  it('that cannot be stored is told, the run is as good as ever, and a sync stores it', async () => {
    const store = new FullOnce()
    artifacts = store
    const one = new Trial({ artifactStore: store, code })
    const run = await one.run(small)
    expect(run.status).toBe('completed')
    expect(one.lines.at(-2)).toMatch(/^The report of run \S+ is not in the artifact store: Error the disk is full\./)
    expect(await sync(one)).toMatchObject([{ kind: 'stored', run: { id: run.id } }])
    const other = machine()
    expect(await sync(other)).toMatchObject([{ kind: 'imported' }])
  })
})

describe('a sync', () => {
  it('records runs of another machine as they are recorded there', async () => {
    const [one, two] = [machine(), machine()]
    await one.run(small)
    await one.run(small, { by: 4 }, { name: 'second', tags: ['s7'] })
    await one.run(failing, {}, { reject: false, name: 'third' })
    expect((await sync(two)).map(({ kind }) => kind)).toEqual(['imported', 'imported', 'imported'])
    for (const name of ['second', 'third']) {
      const [there, here] = [await runNamed(one, name), await runNamed(two, name)]
      const asFirst = (text: string): unknown => JSON.parse(text.replaceAll(/"(?:revision|createdAt)":\d+/g, '"x":0'))
      expect(asFirst(JSON.stringify(await reportOf(here, two.records)))).toEqual(
        asFirst(JSON.stringify(await reportOf(there, one.records))),
      )
    }
  })

  it('does nothing a second time, and several at once do it once', async () => {
    const [one, two] = [machine(), machine()]
    for (let by = 1; by < 6; by++) await one.run(small, { by })
    const all = await Promise.all([sync(two), sync(two), sync(two)])
    expect(all.flat().filter(({ kind }) => kind === 'imported')).toHaveLength(5)
    expect(await sync(two)).toEqual([])
    expect(await sync(one)).toEqual([])
    expect(await two.runRecords()).toHaveLength(5)
  })

  it('gives structures one number: the one known here, else the one of there, else the next', async () => {
    const [one, two] = [machine(), machine()]
    await one.run(small, {}, { name: 'small-1' })
    await one.run(smaller, {}, { name: 'smaller-2' })
    await two.run(smaller, {}, { name: 'smaller-1' })
    await sync(two)
    const versions = await Promise.all(['small-1', 'smaller-2', 'smaller-1'].map((name) => runNamed(two, name)))
    expect(versions.map(({ version }) => version)).toEqual([2, 1, 1])
    expect((await two.run(small)).version).toBe(2)
  })

  it('keeps both of two runs with one name', async () => {
    const [one, two] = [machine(), machine()]
    const { id } = await one.run(small, {}, { name: 'Nightly' })
    await two.run(small, {}, { name: 'nightly' })
    const name = `Nightly-${id.slice(-8)}`
    expect(await sync(two)).toMatchObject([{ kind: 'imported', madeAs: 'Nightly', run: { id, name } }])
  })

  it('lets a reused result say who made it elsewhere', async () => {
    const [one, two] = [machine(), machine()]
    const made = await one.run(small)
    const reused = await two.run(small)
    expect(reused.status).toBe('cached')
    await sync(two)
    const { origin } = await two.stepRecord(reused.id, 'scale')
    const source = present(await two.records.get('stepRun', present(origin)))
    expect(present(await two.records.get('run', source.run))).toMatchObject({
      id: made.id,
      process: { host: thisProcess().host },
    })
    expect(await two.records.get('keyTree', present(source.key))).toBeDefined()
  })

  it('leaves out the parts of a key that do not make it', async () => {
    const [one, two] = [machine(), machine()]
    const { id } = await one.run(smaller)
    const key = runReportKey(id)
    await artifacts.put(key, Buffer.from((await textOf(key)).replace('"policy":"content"', '"policy":"other"')))
    expect(await sync(two)).toMatchObject([{ kind: 'imported' }])
    expect((await two.records.query('keyTree')).items).toEqual([])
  })

  it.each([
    ['', 'it is not JSON'],
    ['{"format":"cairn.report/2"}', 'its format is not cairn.report/1'],
  ])('skips a report that is %j and says why', async (text, problem) => {
    const [one, two] = [machine(), machine()]
    const [bad, good] = [await one.run(small), await one.run(small)]
    await artifacts.put(runReportKey(bad.id), Buffer.from(text))
    expect(await sync(two)).toMatchObject([
      { kind: 'skipped', id: bad.id, problem },
      { kind: 'imported', run: { id: good.id } },
    ])
  })

  it('records all of a report or nothing, whatever is in it', async () => {
    const one = machine()
    const { id } = await one.run(small)
    const whole = JSON.parse(await textOf(runReportKey(id))) as unknown
    const places = pathsOf(whole)
    const odd = fc.oneof(
      fc.constantFrom<unknown>(null, '', 'x', -1, 1e300, [], {}, [[]], { $date: 'x' }, '\u001b[2J', '../x'),
      fc.jsonValue({ maxDepth: 2 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(places.length - 1), odd, async (at, value) => {
        await artifacts.put(runReportKey(id), Buffer.from(JSON.stringify(replaced(whole, present(places[at]), value))))
        const two = machine()
        const [synced, ...rest] = await sync(two)
        expect(rest).toEqual([])
        const kinds = ['pipeline', 'pipelineVersion', 'run', 'stepRun', 'keyTree'] as const
        const counts = await Promise.all(kinds.map(async (kind) => (await two.records.query(kind)).items.length))
        if (synced?.kind === 'skipped') expect(counts).toEqual([0, 0, 0, 0, 0])
        else expect(counts.slice(0, 3)).toEqual([1, 1, 1])
      }),
      { numRuns: 300 },
    )
  })
})

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, each]) => pathsOf(each, [...path, name]))]
}

function replaced(document: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  if (Array.isArray(document))
    return document.map((each, at) => (String(at) === name ? replaced(each, rest, value) : each))
  // Sound: the path was made from this document.
  const entries = Object.entries(document as object)
  return Object.fromEntries(entries.map(([each, of]) => [each, each === name ? replaced(of, rest, value) : of]))
}
