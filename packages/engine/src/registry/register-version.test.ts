import { MemoryMetadataStore, pipeline, slot, step } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { Trial } from '../trial/trial.fixture.ts'
import { registerVersion } from './register-version.ts'

const load = step({ name: 'load', output: z.number() }).implement(() => 2)
const trainer = (name: string) =>
  step({
    name,
    params: z.object({ gamma: z.number().default(1) }),
    inputs: { x: z.number() },
    output: z.number(),
  }).implement(({ gamma, x }) => gamma * x)
const svc = trainer('svc')
const tree = trainer('tree')
const mnist = pipeline({
  name: 'mnist',
  params: z.object({ turns: z.number().default(1) }),
  slots: { trainer: slot({ inputs: { x: z.number() }, output: z.number() }) },
  build: ({ turns }, steps) => Array.from({ length: turns }, () => steps.trainer({ x: load() })),
})
const withSvc = mnist.with({ steps: { trainer: svc } })
const withTree = mnist.with({ steps: { trainer: tree } })

describe('versions of a pipeline', () => {
  it('stay the same for other parameter values, options and repetitions of one call', async () => {
    const trial = new Trial()
    expect((await trial.run(withSvc)).version).toBe(1)
    const lines = await trial.linesOf(async () => {
      expect((await trial.run(withSvc, {}, { steps: { svc: { params: { gamma: 3 } } } })).version).toBe(1)
      expect((await trial.run(withSvc.with({ cache: false }))).version).toBe(1)
      expect((await trial.run(withSvc, { turns: 3 })).version).toBe(1)
    })
    expect(lines.filter((line) => line.includes('pipeline mnist (version'))).toEqual(
      Array.from({ length: 3 }, () => 'Using pipeline mnist (version 1).'),
    )
  })

  it('rise with a slot that is filled otherwise, and come back with a known structure', async () => {
    const trial = new Trial()
    const versions = []
    for (const each of [withSvc, withTree, withSvc, withTree]) versions.push((await trial.run(each)).version)
    expect(versions).toEqual([1, 2, 1, 2])
    expect(trial.lines.filter((line) => line.includes('(version'))).toEqual([
      'Registered pipeline mnist (version 1).',
      'Registered pipeline mnist (version 2).',
      'Using pipeline mnist (version 1).',
      'Using pipeline mnist (version 2).',
    ])
  })

  it('are counted per pipeline, whose name is the same ignoring case', async () => {
    const trial = new Trial()
    const named = (name: string): object => pipeline({ name, build: () => load() })
    expect((await trial.run(named('a'))).version).toBe(1)
    expect((await trial.run(named('b'))).version).toBe(1)
    expect((await trial.run(named('A'))).version).toBe(1)
    expect((await trial.records.query('pipeline')).items.map(({ id, name }) => [id, name])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ])
  })
})

describe('registerVersion', () => {
  it('gives one number to all that register one structure at once', async () => {
    const store = new MemoryMetadataStore()
    const registered = await Promise.all(Array.from({ length: 10 }, () => registerVersion(store, 'P', 'same')))
    expect(new Set(registered.map(({ version }) => version))).toEqual(new Set([1]))
    expect(registered.filter(({ isNew }) => isNew)).toHaveLength(1)
  })

  it('gives a number of its own to each of several structures that are registered at once', async () => {
    const store = new MemoryMetadataStore()
    const registered = await Promise.all(Array.from({ length: 10 }, (_, at) => registerVersion(store, 'p', `s${at}`)))
    expect(registered.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(registered.every(({ isNew }) => isNew)).toBe(true)
    expect((await store.query('pipeline')).items).toHaveLength(1)
  })

  it('passes on what the store throws besides conflicts', async () => {
    class DeadStore extends MemoryMetadataStore {
      override write(): Promise<void> {
        return Promise.reject(new Error('dead'))
      }
    }
    await expect(registerVersion(new DeadStore(), 'p', 's')).rejects.toThrow('dead')
  })
})
