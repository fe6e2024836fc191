import { buildGraph, pipeline, pipelineDefinition, step, type CacheMode, type GraphNode } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { overridesOf, runSettings } from '../settings/run-settings.ts'
import { present } from '../trial/trial.fixture.ts'
import { cacheUse } from './cache-use.ts'
import type { CacheUse } from './plan.ts'

interface Case {
  readonly run?: CacheMode
  readonly override?: boolean
  readonly step?: boolean
  readonly inner?: boolean
  readonly outer?: boolean
  readonly refresh?: readonly string[]
}

function useOf(given: Case): CacheUse {
  const options = (cache: boolean | undefined): { cache?: boolean } => (cache === undefined ? {} : { cache })
  const train = step({ name: 'train', output: z.number(), ...options(given.step) }).implement(() => 1)
  const inner = pipeline({ name: 'inner', build: () => train(), ...options(given.inner) })
  const outer = pipeline({ name: 'outer', build: () => inner(), ...options(given.outer) })
  const graph = buildGraph(present(pipelineDefinition(outer)), {})
  const settings = runSettings(
    graph,
    {
      ...(given.run === undefined ? {} : { cache: given.run }),
      ...(given.override === undefined ? {} : { steps: { train: { cache: given.override } } }),
      refresh: given.refresh ?? [],
    },
    {},
  )
  const node: GraphNode = present(graph.nodes[0])
  return cacheUse(node, overridesOf(settings, { id: node.id, step: 'train' }), settings)
}

const ON = { lookUp: true, keep: true }
const READ = { lookUp: true, keep: false }
const WRITE = { lookUp: false, keep: true }
const OFF = { lookUp: false, keep: false }

describe('cacheUse', () => {
  it.each<[string, Case, CacheUse]>([
    ['is on by default', {}, ON],
    ['takes the pipeline', { outer: false }, OFF],
    ['takes the nearest pipeline', { outer: false, inner: true }, ON],
    ['takes the nearest pipeline that says something', { outer: false, refresh: [] }, OFF],
    ['lets the step beat its pipelines: on', { outer: false, inner: false, step: true }, ON],
    ['lets the step beat its pipelines: off', { outer: true, inner: true, step: false }, OFF],
    ['lets the run beat the step: on', { step: false, outer: false, run: 'on' }, ON],
    ['lets the run beat the step: off', { step: true, outer: true, run: 'off' }, OFF],
    ['looks up and keeps nothing in mode read', { run: 'read', step: true }, READ],
    ['keeps without looking up in mode write', { run: 'write', step: false }, WRITE],
    ["lets the run's word on one step beat its word on all: on", { run: 'off', override: true }, ON],
    ["lets the run's word on one step beat its word on all: off", { run: 'on', override: false }, OFF],
    ["lets the run's word on one step beat the step", { override: true, step: false }, ON],
    ['looks nothing up for a refreshed step', { refresh: ['train'] }, WRITE],
    ['knows a refreshed step by its invocation id', { refresh: ['inner.train'] }, WRITE],
    ['keeps nothing of a refreshed step whose cache is off', { refresh: ['train'], step: false }, OFF],
    ['keeps nothing of a refreshed step in mode read', { refresh: ['train'], run: 'read' }, OFF],
  ])('%s', (_sentence, given, expected) => {
    expect(useOf(given)).toEqual(expected)
  })
})
