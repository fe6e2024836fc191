import {
  list,
  pipeline,
  step,
  type Artifact,
  type CacheMode,
  type FailureMode,
  type Run,
  type Status,
} from '@cairnml/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { present, statuses, Trial } from './trial/trial.fixture.ts'

/** One step of a random pipeline; numbers name earlier steps. */
interface Node {
  readonly inputs: readonly number[]
  readonly after: readonly number[]
  readonly when: number | undefined
  readonly fails: boolean
  readonly cache: boolean
  readonly flag: boolean
  readonly value: number
}

interface Dag {
  readonly nodes: readonly Node[]
  readonly failureMode: FailureMode
  readonly concurrency: number
  readonly cache: CacheMode | undefined
}

const DAGS: fc.Arbitrary<Dag> = fc.record({
  nodes: fc
    .array(
      fc.record({
        inputs: fc.uniqueArray(fc.nat(20), { maxLength: 3 }),
        after: fc.uniqueArray(fc.nat(20), { maxLength: 2 }),
        when: fc.option(fc.nat(20), { nil: undefined, freq: 4 }),
        fails: fc.integer({ min: 0, max: 5 }).map((roll) => roll === 0),
        cache: fc.integer({ min: 0, max: 4 }).map((roll) => roll > 0),
        flag: fc.boolean(),
        value: fc.nat(3),
      }),
      { minLength: 1, maxLength: 9 },
    )
    .map((nodes) => nodes.map((node, at) => ({ ...node, ...earlier(node, at) }))),
  failureMode: fc.constantFrom('fail-fast', 'stop-on-failure', 'continue-on-failure'),
  concurrency: fc.integer({ min: 1, max: 4 }),
  cache: fc.constantFrom(undefined, undefined, undefined, 'on', 'read', 'write', 'off'),
})

/** Only steps before the one at this place. */
function earlier(node: Node, at: number): Pick<Node, 'inputs' | 'after' | 'when'> {
  const fold = (of: readonly number[]): readonly number[] => (at === 0 ? [] : [...new Set(of.map((each) => each % at))])
  return {
    inputs: fold(node.inputs),
    after: fold(node.after),
    when: fold(node.when === undefined ? [] : [node.when])[0],
  }
}

interface Outputs {
  readonly value: Artifact<number>
  readonly flag: Artifact<boolean>
}

/** The pipeline of a DAG; `calls` gets the number of every step whose function ran. */
function pipelineOf({ nodes }: Dag, calls: number[]): object {
  const steps = nodes.map(({ fails, cache, flag, value }, at) =>
    step({
      name: `s${at}`,
      inputs: { all: list(z.number()) },
      outputs: { value: z.number(), flag: z.boolean() },
      cache,
    }).implement(async ({ all }) => {
      calls.push(at)
      await Promise.resolve()
      if (fails) throw new Error(`s${at} fails`)
      return { value: all.reduce((a, b) => a + b, value), flag }
    }),
  )
  return pipeline({
    name: 'dag',
    build: () => {
      const made: Outputs[] = []
      for (const [at, { inputs, after, when }] of nodes.entries()) {
        const of = (id: number): Outputs => present(made[id])
        const condition = when === undefined ? {} : { when: of(when).flag }
        const all = inputs.map((id) => of(id).value)
        made.push(present(steps[at])({ all }, { after: after.map((id) => of(id).value), ...condition }))
      }
    },
  })
}

/** What a run in the mode `continue-on-failure` makes of a DAG, by the rules alone. */
function expectedStatuses({ nodes }: Dag): readonly ('done' | 'failed' | 'skipped')[] {
  const ends: { readonly end: 'done' | 'failed' | 'skipped'; readonly byCondition: boolean }[] = []
  for (const { inputs, after, when, fails } of nodes) {
    const needs = [...inputs, ...(when === undefined ? [] : [when])].map((id) => present(ends[id]))
    const all = [...needs, ...after.map((id) => present(ends[id]))]
    const isBlocked = all.some(({ end, byCondition }) => end === 'failed' || (end === 'skipped' && !byCondition))
    if (isBlocked) ends.push({ end: 'skipped', byCondition: false })
    else if (needs.some(({ end }) => end === 'skipped')) ends.push({ end: 'skipped', byCondition: true })
    else if (when !== undefined && !present(nodes[when]).flag) ends.push({ end: 'skipped', byCondition: true })
    else ends.push({ end: fails ? 'failed' : 'done', byCondition: false })
  }
  return ends.map(({ end }) => end)
}

const isDone = (status: Status | undefined): boolean => status === 'completed' || status === 'cached'

/** What holds for every run. */
async function expectConsistent(dag: Dag, run: Run, trial: Trial): Promise<void> {
  const ended = dag.nodes.map((_, at) => present(run.steps[`s${at}`]).status)
  for (const [at, status] of ended.entries()) {
    expect(['completed', 'cached', 'failed', 'skipped', 'cancelled']).toContain(status)
    expect((await trial.stepRecord(run.id, `s${at}`)).status).toBe(status)
    const { inputs, after, when } = present(dag.nodes[at])
    if (!isDone(status) && status !== 'failed') continue
    for (const id of [...inputs, ...(when === undefined ? [] : [when])]) expect(isDone(ended[id])).toBe(true)
    for (const id of after) expect(isDone(ended[id]) || ended[id] === 'skipped').toBe(true)
    if (when !== undefined) expect(dag.nodes[when]?.flag).toBe(true)
  }
  const record = present(await trial.records.get('run', run.id))
  const counts: Record<string, number> = {}
  for (const status of ended) counts[status] = (counts[status] ?? 0) + 1
  expect(record.counts).toEqual(counts)
  const isCached = ended.every((status) => status === 'cached')
  expect(record.status).toBe(ended.includes('failed') ? 'failed' : isCached ? 'cached' : 'completed')
  expect(run.status).toBe(record.status)
  if (!ended.includes('failed')) expect(ended).not.toContain('cancelled')
}

describe('random pipelines', () => {
  it('end as the rules say, and a second run reuses exactly what the first one completed', async () => {
    await fc.assert(
      fc.asyncProperty(DAGS, async (dag) => {
        const calls: number[] = []
        const trial = new Trial({ concurrency: dag.concurrency })
        const { failureMode, cache } = dag
        const options = { failureMode, reject: false, ...(cache === undefined ? {} : { cache }) }
        const first = await trial.run(pipelineOf(dag, calls), {}, options)
        await expectConsistent(dag, first, trial)
        const ran = dag.nodes.flatMap((_, at) => (['completed', 'failed'].includes(status(first, at)) ? [at] : []))
        expect(new Set(calls).size).toBe(calls.length)
        for (const at of ran) expect(calls).toContain(at)
        expect(Object.values(statuses(first))).not.toContain('cached')
        if (failureMode === 'continue-on-failure') {
          const model = expectedStatuses(dag).map((end) => (end === 'done' ? 'completed' : end))
          expect(dag.nodes.map((_, at) => status(first, at))).toEqual(model)
        }

        calls.length = 0
        const second = await trial.run(pipelineOf(dag, calls), {}, { failureMode, reject: false })
        await expectConsistent(dag, second, trial)
        for (const [at, node] of dag.nodes.entries()) {
          const isKept = cache === undefined ? node.cache : cache === 'on' || cache === 'write'
          const isReusable = isKept && node.cache && status(first, at) === 'completed'
          if (isReusable) expect(['cached', 'skipped', 'cancelled']).toContain(status(second, at))
          // One that was cancelled may just have written its result.
          else if (status(first, at) !== 'cancelled') expect(status(second, at)).not.toBe('cached')
          if (isReusable && failureMode === 'continue-on-failure') expect(status(second, at)).toBe('cached')
          if (isReusable) expect(calls).not.toContain(at)
        }
      }),
      { numRuns: 150 },
    )
  })
})

function status(run: Run, at: number): Status {
  return present(run.steps[`s${at}`]).status
}
