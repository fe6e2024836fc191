import {
  artifactStore,
  cacheIndex,
  cachePolicy,
  ContentCachePolicy,
  InlineOrchestrator,
  MemoryArtifactStore,
  MemoryCacheIndex,
  MemoryMetadataStore,
  metadataStore,
  orchestrator,
  provenance,
  type ArtifactStore,
  type CacheIndex,
  type CachePolicy,
  type MetadataStore,
  type Orchestrator,
  type Provenance,
  type StackDefinition,
} from '@cairnml/core'

/** Components that take the place of the ones in memory. */
export interface MemoryStackParts {
  readonly orchestrator?: Orchestrator
  readonly artifactStore?: ArtifactStore
  readonly metadataStore?: MetadataStore
  readonly cachePolicy?: CachePolicy
  readonly cacheIndex?: CacheIndex
  /** @default none */
  readonly provenance?: Provenance
}

const INDEX_METHODS = ['acquire', 'beater', 'secret'] as const

/**
 * A stack whose every component lives in memory, for tests of pipelines: nothing touches the disk, and runs that share
 * the stack share its cache. Its components provide what they can do, so that one that is tried in it may require that;
 * none is `remote`.
 *
 * @example
 * const stack = memoryStack()
 * const run = await training.run({ gamma: 0.1 }, { stack, log: false })
 */
export function memoryStack(parts: MemoryStackParts = {}): StackDefinition {
  const orchestrates = parts.orchestrator ?? new InlineOrchestrator()
  const artifacts = parts.artifactStore ?? new MemoryArtifactStore()
  const records = parts.metadataStore ?? new MemoryMetadataStore()
  const policy = parts.cachePolicy ?? new ContentCachePolicy()
  const index: CacheIndex = parts.cacheIndex ?? new MemoryCacheIndex()
  const finds = parts.provenance
  return {
    name: 'memory',
    orchestrator: { component: orchestrator({ create: () => orchestrates }) },
    artifactStore: {
      component: artifactStore({
        provides: artifacts.capabilities.ifAbsent === true ? ['ifAbsent'] : [],
        create: () => artifacts,
      }),
    },
    metadataStore: { component: metadataStore({ create: () => records }) },
    cachePolicy: {
      component: cachePolicy({ create: () => policy }),
      index: {
        component: cacheIndex({
          provides: INDEX_METHODS.filter((name) => index[name] !== undefined),
          create: () => index,
        }),
      },
    },
    ...(finds === undefined
      ? {}
      : { provenance: { component: provenance({ type: finds.type, create: () => finds }) } }),
  }
}
