import { MemoryArtifactStore, MemoryCacheIndex, type ArtifactStoreCapabilities } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import {
  artifactStoreConformance,
  cacheIndexConformance,
  metadataStoreConformance,
  type CacheIndexConformanceOptions,
  type ComponentReference,
  type TestRunner,
} from './index.ts'
import { MemoryMetadataStore } from '@cairnml/core'

type Flags<T> = { readonly [flag in keyof Required<T>]: true }

/** Whoever adds a capability to a port adds it here, or the types are wrong. */
const STORE: Flags<ArtifactStoreCapabilities> = { ifAbsent: true }
const INDEX: Flags<NonNullable<CacheIndexConformanceOptions['capabilities']>> = { acquire: true, beater: true }

const reference = (): ComponentReference => ({ module: 'file:///component.ts', data: '' })

/** What a suite registers. */
function testsOf(register: (runner: TestRunner) => void): readonly string[] {
  const names: string[] = []
  const path: string[] = []
  register({
    describe(name, body) {
      path.push(name)
      body()
      path.pop()
    },
    it: (name) => names.push([...path, name].join(' > ')),
  })
  return names
}

const without = <T extends object>(all: T, flag: string): Partial<T> =>
  // Sound: it is the same with one property left out.
  Object.fromEntries(Object.entries(all).filter(([name]) => name !== flag)) as Partial<T>

describe('the suites', () => {
  it.each(Object.keys(STORE))('have tests for stores with the capability %s', (flag) => {
    const tests = (capabilities: ArtifactStoreCapabilities): readonly string[] =>
      testsOf((runner) =>
        artifactStoreConformance(runner, { name: 's', create: () => new MemoryArtifactStore(), capabilities }),
      )
    expect(tests(STORE).length).toBeGreaterThan(tests(without(STORE, flag)).length)
  })

  it.each(Object.keys(INDEX))('have tests for indexes with the capability %s', (flag) => {
    const tests = (capabilities: CacheIndexConformanceOptions['capabilities']): readonly string[] =>
      testsOf((runner) =>
        cacheIndexConformance(runner, { name: 'i', create: () => new MemoryCacheIndex(), capabilities }),
      )
    expect(tests(INDEX).length).toBeGreaterThan(tests(without(INDEX, flag)).length)
  })

  it('kill and race processes where a component says how another process opens it', () => {
    const create = (): MemoryMetadataStore => new MemoryMetadataStore()
    const here = testsOf((runner) => metadataStoreConformance(runner, { name: 'm', create }))
    const elsewhere = testsOf((runner) => metadataStoreConformance(runner, { name: 'm', create, reference }))
    expect(elsewhere.filter((name) => !here.includes(name)).map((name) => name.split(' > ')[1])).toEqual([
      'killed processes',
      'several processes',
    ])
  })

  it('give no two tests of a suite the same name, so that each can be left out by its name', () => {
    const suites: readonly ((runner: TestRunner) => void)[] = [
      (runner) =>
        artifactStoreConformance(runner, {
          name: 's',
          create: () => new MemoryArtifactStore(),
          reopen: (store) => store,
          reference,
          capabilities: STORE,
        }),
      (runner) =>
        metadataStoreConformance(runner, {
          name: 'm',
          create: () => new MemoryMetadataStore(),
          reopen: (store) => store,
          reference,
        }),
      (runner) =>
        cacheIndexConformance(runner, {
          name: 'i',
          create: () => new MemoryCacheIndex(),
          reopen: (index) => index,
          reference,
          capabilities: INDEX,
        }),
    ]
    for (const register of suites) {
      const names = testsOf(register).map((name) => name.split(' > ').at(-1))
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    }
  })
})
