import { list, MemoryMetadataStore, pipeline, step, type RecordKind, type RecordQuery } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { keysIn, NamedCode, present, statuses, Trial } from '../trial/trial.fixture.ts'

let given = 1
const source = step({ name: 'source', output: z.number() }).implement(() => given)
const scale = step({
  name: 'scale',
  params: z.object({ by: z.number().default(1) }),
  inputs: { x: z.number() },
  output: z.number(),
}).implement(({ x, by }) => x * by)
const total = step({ name: 'total', inputs: { all: list(z.number()) }, output: z.number() }).implement(({ all }) =>
  all.reduce((sum, each) => sum + each, 0),
)
const chain = pipeline({
  name: 'chain',
  params: z.object({ by: z.number().default(1) }),
  build: ({ by }) => total({ all: [scale({ by, x: source() })] }),
})
const sweep = pipeline({
  name: 'sweep',
  params: z.object({ by: z.array(z.number()) }),
  build: ({ by }) => {
    const x = source()
    return total({ all: by.map((each) => scale({ by: each, x })) })
  },
})

async function trialAfter(
  runs: readonly (readonly [pipeline: object, args?: Readonly<Record<string, unknown>>])[],
  parts: ConstructorParameters<typeof Trial>[0] = {},
): Promise<{ readonly trial: Trial; readonly code: NamedCode }> {
  given = 1
  const code = new NamedCode()
  const trial = new Trial({ code, ...parts })
  for (const [each, args] of runs) await trial.run(each, args, { name: `run-${trial.lines.length}` })
  return { trial, code }
}

/** The lines of a run that say why something runs, or what that lets be reused. */
async function reasons(trial: Trial, ...run: Parameters<Trial['run']>): Promise<readonly string[]> {
  const lines = await trial.linesOf(() => trial.run(...run))
  return lines.filter((line) => / runs: |same bytes/.test(line))
}

describe('a step that runs', () => {
  it('says nothing where it was never made before', async () => {
    const { trial } = await trialAfter([])
    expect(await reasons(trial, chain)).toEqual([])
  })

  it('says which parameter differs, after it has started', async () => {
    const { trial } = await trialAfter([[chain]])
    const lines = await trial.linesOf(() => trial.run(chain, { by: 1.5 }))
    expect(lines.slice(lines.indexOf('Step scale has started.')).slice(0, 2)).toEqual([
      'Step scale has started.',
      'Step scale runs: parameter by 1 -> 1.5 (against run run-0).',
    ])
    expect(lines).toContain('Step total runs: input all changed (from scale, which ran again) (against run run-0).')
  })

  it('says that its code differs, and that an input is reused from another run', async () => {
    const { trial, code } = await trialAfter([[chain], [chain, { by: 2 }]])
    code.edit('total')
    expect(await reasons(trial, chain)).toEqual(['Step total runs: code changed (against run run-0).'])
    const other = pipeline({ name: 'other', build: () => total({ all: [scale({ x: source(), by: 2 })] }) })
    expect(await reasons(trial, other)).toEqual([
      expect.stringMatching(/^Step total runs: input all changed \(from scale, reused\) \(against run chain-/),
    ])
  })

  it('compares each of many calls with its own earlier entry, and with none of the same run', async () => {
    const { trial } = await trialAfter([[sweep, { by: [1, 2, 3] }]])
    expect(await reasons(trial, sweep, { by: [1, 2, 4] })).toEqual([
      'Step scale (scale_3) runs: parameter by 3 -> 4 (against run run-0).',
      'Step total runs: input all changed (from scale_3, which ran again) (against run run-0).',
    ])
  })

  it('says which output of its entry is gone', async () => {
    const { trial } = await trialAfter([[chain, { by: 7 }]])
    for (const key of await keysIn(trial.artifacts, 'blobs/')) await trial.artifacts.delete(key)
    expect((await reasons(trial, chain, { by: 7 }))[0]).toBe('Step source runs: output gone (made by run run-0).')
  })

  it('says that its entry is gone', async () => {
    const { trial } = await trialAfter([[chain]])
    const fresh = new Trial({ code: trial.code, metadataStore: trial.records })
    expect((await reasons(fresh, chain))[0]).toBe('Step source runs: entry gone (made by run run-0).')
  })

  it('says that its entry has expired', async () => {
    const short = step({ name: 'short', output: z.number(), expires: '1ms' }).implement(() => 1)
    const { trial } = await trialAfter([[pipeline({ name: 'p', build: () => short() })]])
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await reasons(trial, pipeline({ name: 'p', build: () => short() }))).toEqual([
      'Step short runs: entry expired (made by run run-0).',
    ])
  })

  it('says nothing where it was told to', async () => {
    const { trial } = await trialAfter([[chain]])
    expect(await reasons(trial, chain, {}, { cache: 'write' })).toEqual([])
    expect(await reasons(trial, chain, {}, { cache: 'off' })).toEqual([])
  })

  it('keeps the reason in its record', async () => {
    const { trial } = await trialAfter([[chain]])
    const first = await trial.lastRun()
    const { id } = await trial.run(chain, { by: 2 })
    expect((await trial.stepRecord(id, 'scale')).why).toEqual({ kind: 'changed', against: `${first.id}.scale` })
    expect((await trial.stepRecord(id, 'total')).why).toEqual({
      kind: 'changed',
      against: `${first.id}.total`,
      from: { all: ['scale'] },
    })
    expect(await trial.stepRecord(id, 'source')).not.toHaveProperty('why')
    const forced = await trial.run(chain, {}, { refresh: ['source'] })
    expect((await trial.stepRecord(forced.id, 'source')).why).toEqual({ kind: 'forced' })
  })

  it('runs without a reason where none can be found', async () => {
    class Broken extends MemoryMetadataStore {
      isBroken = false

      override query<K extends RecordKind>(kind: K, query?: RecordQuery<K>) {
        if (this.isBroken && kind === 'stepRun') throw new Error('no index')
        return super.query(kind, query)
      }
    }
    const metadataStore = new Broken()
    const { trial } = await trialAfter([[chain]], { metadataStore })
    metadataStore.isBroken = true
    const run = await trial.run(chain, { by: 3 })
    expect(statuses(run)).toEqual({ source: 'cached', scale: 'completed', total: 'completed' })
    expect(trial.lines.filter((line) => line.includes(' runs: '))).toEqual([])
  })

  it('asks no question where everything is reused', async () => {
    const asked: string[] = []
    class Asked extends MemoryMetadataStore {
      override query<K extends RecordKind>(kind: K, query?: RecordQuery<K>) {
        asked.push(kind)
        return super.query(kind, query)
      }
    }
    const { trial } = await trialAfter([[chain]], { metadataStore: new Asked() })
    asked.length = 0
    await trial.run(chain)
    expect(asked).not.toContain('stepRun')
  })
})

describe('a step that gives the same bytes as before', () => {
  it('says how many steps below can be reused, after it has finished', async () => {
    const { trial, code } = await trialAfter([[sweep, { by: [1, 2, 3] }]])
    code.edit('source')
    const lines = await trial.linesOf(() => trial.run(sweep, { by: [1, 2, 3] }))
    const at = lines.findIndex((line) => line.startsWith('Step source has finished'))
    expect(lines[at + 1]).toBe('Step source gave the same bytes as before; 4 steps below can be reused.')
  })

  it('says it in the singular, and also where it was refreshed', async () => {
    const { trial } = await trialAfter([[chain]])
    expect(await reasons(trial, chain, {}, { refresh: ['scale'] })).toEqual([
      'Step scale gave the same bytes as before; 1 step below can be reused.',
    ])
  })

  it('says nothing where nothing below can be reused', async () => {
    const { trial, code } = await trialAfter([[chain]])
    code.edit('total')
    expect(await reasons(trial, chain)).toEqual(['Step total runs: code changed (against run run-0).'])
    expect(await reasons(trial, chain, {}, { cache: 'write' })).toEqual([])
    const loose = pipeline({
      name: 'loose',
      build: () => total.with({ cache: false })({ all: [scale({ x: source() }, { after: source({}, { id: 'b' }) })] }),
    })
    expect(await reasons(trial, loose, {}, { refresh: ['scale'] })).toEqual([])
  })

  it('says it of a step that is not cached, where an earlier run has its result', async () => {
    const uncached = pipeline({
      name: 'uncached',
      build: () => total({ all: [scale.with({ cache: false })({ x: source() })] }),
    })
    const { trial } = await trialAfter([])
    const same = async (refresh: readonly string[] = []): Promise<readonly string[]> =>
      (await trial.linesOf(() => trial.run(uncached, {}, { refresh }))).filter((line) => line.includes('same bytes'))
    const said = ['Step scale gave the same bytes as before; 1 step below can be reused.']
    expect(await same()).toEqual([])
    expect(await same()).toEqual(said)
    expect(await same()).toEqual(said)
    given = 3
    expect(await same(['source'])).toEqual([])
  })

  it('says nothing where its bytes are others', async () => {
    const { trial } = await trialAfter([[chain]])
    given = 2
    const lines = await reasons(trial, chain, {}, { refresh: ['source'] })
    expect(lines.filter((line) => line.includes('same bytes'))).toEqual([])
    expect(present(lines[0])).toContain('Step scale runs: input x changed (from source, which ran again)')
  })
})

describe('a plan', () => {
  const said = async (trial: Trial, ...run: Parameters<Trial['plan']>): Promise<readonly (string | undefined)[]> =>
    (await trial.plan(...run)).steps.map(({ state, reason, on }) => reason ?? [state, ...on].join(' '))

  it('gives the reason of what runs, as a run does', async () => {
    const { trial, code } = await trialAfter([])
    expect(await said(trial, chain)).toEqual(['no earlier entry', 'no earlier entry', 'no earlier entry'])
    await trial.run(chain, {}, { name: 'first' })
    expect(await said(trial, chain, { by: 2 })).toEqual([
      'reused',
      'parameter by 1 -> 2 (against run first)',
      'depends scale',
    ])
    expect((await trial.plan(chain, { by: 2 })).steps[1]?.changes).toMatchObject([{ kind: 'parameter', name: 'by' }])
    code.edit('total')
    expect(await said(trial, chain)).toEqual(['reused', 'reused', 'code changed (against run first)'])
    for (const key of await keysIn(trial.artifacts, 'blobs/')) await trial.artifacts.delete(key)
    expect((await said(trial, chain))[0]).toBe('output gone (made by run first)')
  })

  it('tells what is forced from what is not cached', async () => {
    const { trial } = await trialAfter([[chain]])
    const forced = 'forced (--force or --refresh)'
    expect(await said(trial, chain, {}, { cache: 'write' })).toEqual([forced, forced, forced])
    expect(await said(trial, chain, {}, { refresh: ['total'] })).toEqual(['reused', 'reused', forced])
    const off = 'not cached: its cache is off'
    expect(await said(trial, chain, {}, { cache: 'off' })).toEqual([off, off, off])
  })

  it('says of a step with a condition that is forced that it runs if that gives true', async () => {
    const decide = step({ name: 'decide', output: z.boolean() }).implement(() => true)
    const p = pipeline({ name: 'p', build: () => scale({ x: source() }, { when: decide() }) })
    const { trial } = await trialAfter([[p]])
    expect((await trial.plan(p, {}, { cache: 'write' })).steps).toMatchObject([
      { id: 'source', state: 'runs' },
      { id: 'decide', state: 'runs' },
      { id: 'scale', state: 'depends', on: ['decide'], isConditional: true },
    ])
    expect((await trial.plan(p, {}, { refresh: ['decide'] })).steps[2]).toMatchObject({
      state: 'depends',
      on: ['decide'],
    })
  })
})
