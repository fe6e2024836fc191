import {
  MemoryArtifactStore,
  MemoryCacheIndex,
  MemoryMetadataStore,
  type ArtifactStore,
  type Json,
  type MetadataStore,
} from '@cairnml/core'
import { describe as describeInNode, it as itInNode } from 'node:test'
import { describe, expectTypeOf, it } from 'vitest'

import {
  artifactStoreConformance,
  cacheIndexConformance,
  FaultyArtifactStore,
  metadataStoreConformance,
  stopAfterWrites,
  type ArtifactStoreConformanceOptions,
  type ComponentModule,
  type ComponentReference,
  type ConformanceOptions,
  type MetadataStoreConformanceOptions,
  type Skip,
  type TestRunner,
} from './index.ts'

describe('a test runner', () => {
  it('is that of vitest, of node:test, and any other with describe and it', () => {
    expectTypeOf({ describe, it }).toExtend<TestRunner>()
    expectTypeOf({ describe: describeInNode, it: itInNode }).toExtend<TestRunner>()
    // @ts-expect-error -- it takes both
    artifactStoreConformance({ it }, { name: 's', create: () => new MemoryArtifactStore() })
  })
})

describe('the options of a suite', () => {
  it('need a name and what makes a component', () => {
    artifactStoreConformance({ describe, it }, { name: 's', create: async () => new MemoryArtifactStore() })
    // @ts-expect-error -- without a name
    artifactStoreConformance({ describe, it }, { create: () => new MemoryArtifactStore() })
    // @ts-expect-error -- a component of another port
    artifactStoreConformance({ describe, it }, { name: 's', create: () => new MemoryCacheIndex() })
    // @ts-expect-error -- a component of another port
    metadataStoreConformance({ describe, it }, { name: 's', create: () => new MemoryArtifactStore() })
  })

  it('know the capabilities of the port, which are true or absent', () => {
    const create = (): MemoryCacheIndex => new MemoryCacheIndex()
    cacheIndexConformance({ describe, it }, { name: 'i', create, capabilities: { acquire: true } })
    // @ts-expect-error -- a flag is true or absent
    cacheIndexConformance({ describe, it }, { name: 'i', create, capabilities: { acquire: false } })
    // @ts-expect-error -- a capability of another port
    cacheIndexConformance({ describe, it }, { name: 'i', create, capabilities: { ifAbsent: true } })
    // @ts-expect-error -- metadata stores have none
    metadataStoreConformance({ describe, it }, { name: 'm', create: () => new MemoryMetadataStore(), capabilities: {} })
  })

  it('leave tests out only with a reason', () => {
    expectTypeOf<ConformanceOptions<ArtifactStore>['skip']>().toEqualTypeOf<readonly Skip[] | undefined>()
    expectTypeOf<Skip>().toEqualTypeOf<{ readonly reason: string; readonly tests: readonly string[] }>()
  })

  it('give the component to what opens it again, here and elsewhere', () => {
    expectTypeOf<NonNullable<MetadataStoreConformanceOptions['reopen']>>().parameters.toEqualTypeOf<[MetadataStore]>()
    expectTypeOf<
      NonNullable<ArtifactStoreConformanceOptions['reference']>
    >().returns.toEqualTypeOf<ComponentReference>()
    expectTypeOf<ComponentReference>().toEqualTypeOf<{ readonly module: string; readonly data: Json }>()
    expectTypeOf<ComponentModule<ArtifactStore>['openComponent']>().returns.toEqualTypeOf<
      ArtifactStore | Promise<ArtifactStore>
    >()
  })
})

describe('a fake', () => {
  it('is a component of its port', () => {
    expectTypeOf(stopAfterWrites(new MemoryMetadataStore(), 1)).toEqualTypeOf<MetadataStore>()
    expectTypeOf(new FaultyArtifactStore({ fault: 'loses writes' })).toExtend<ArtifactStore>()
    // @ts-expect-error -- no such fault
    const none = (): unknown => new FaultyArtifactStore({ fault: 'is blue' })
    expectTypeOf(none).toBeFunction()
  })
})
