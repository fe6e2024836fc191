import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { ContentCachePolicy } from '../cache-policy/content-policy.ts'
import type { CachePolicy, KeyTree, StepForCaching } from '../cache-policy/cache-policy.ts'
import {
  artifactStore,
  cacheIndex,
  cachePolicy,
  metadataStore,
  provenance,
  type ComponentDefinition,
} from './define-plugin.ts'

interface Sampling {
  readonly rows: number
}

class Sampled implements CachePolicy<Sampling> {
  readonly name = 'sampled'
  readonly type = 'sampled'

  async describe({ settings }: StepForCaching<Sampling>): Promise<KeyTree> {
    expectTypeOf(settings).toEqualTypeOf<Sampling | undefined>()
    return { policy: this.type, parts: [{ label: 'rows', value: settings?.rows ?? 0 }] }
  }
}

describe('a cache policy with settings', () => {
  it('gets what the schema of its definition gives', () => {
    const create = (): Sampled => new Sampled()
    expectTypeOf(
      cachePolicy<object, Sampling>({ settings: async () => z.object({ rows: z.number() }), create }),
    ).toEqualTypeOf<ComponentDefinition<'cachePolicy'>>()
    // @ts-expect-error -- the schema gives something else than the policy takes
    cachePolicy<object, Sampling>({ settings: async () => z.object({ rows: z.string() }), create })
  })

  it('is a policy as any other, and one without needs none', () => {
    expectTypeOf(new Sampled()).toExtend<CachePolicy>()
    cachePolicy({ create: () => new ContentCachePolicy() })
    expectTypeOf<StepForCaching['settings']>().toEqualTypeOf<unknown>()
  })
})

describe('a component with options', () => {
  const create = (): MemoryArtifactStore => new MemoryArtifactStore()

  it('can do without their check only where all of them are optional', () => {
    artifactStore<{ readonly path?: string | undefined }>({ create, requiresOptions: false })
    artifactStore<{ readonly bucket: string }>({ create })
    // @ts-expect-error -- a stack could leave out the bucket
    artifactStore<{ readonly bucket: string }>({ create, requiresOptions: false })
  })
})

describe('what belongs to no step', () => {
  it('takes no settings', () => {
    const settings = async (): Promise<z.ZodType> => z.object({})
    const create = (): never => {
      throw new Error('It is not created.')
    }
    // @ts-expect-error -- no settings
    artifactStore({ settings, create })
    // @ts-expect-error -- no settings
    metadataStore({ settings, create })
    // @ts-expect-error -- no settings
    cacheIndex({ settings, create })
    // @ts-expect-error -- no settings
    provenance({ settings, create })
  })
})
