import {
  ContentCachePolicy,
  InlineOrchestrator,
  MemoryArtifactStore,
  MemoryCacheIndex,
  MemoryMetadataStore,
} from '@cairnml/core'

import {
  artifactStoreConformance,
  cacheIndexConformance,
  cachePolicyConformance,
  metadataStoreConformance,
  orchestratorConformance,
  type TestRunner,
} from './index.ts'

/** Registers the suites of the reference components with any runner. */
export function memoryConformance(runner: TestRunner): void {
  artifactStoreConformance(runner, {
    name: 'MemoryArtifactStore',
    create: () => new MemoryArtifactStore(),
    capabilities: { ifAbsent: true },
  })
  metadataStoreConformance(runner, { name: 'MemoryMetadataStore', create: () => new MemoryMetadataStore() })
  cacheIndexConformance(runner, {
    name: 'MemoryCacheIndex',
    create: () => new MemoryCacheIndex(),
    capabilities: { acquire: true },
  })
  cachePolicyConformance(runner, { name: 'ContentCachePolicy', create: () => new ContentCachePolicy() })
  for (const concurrency of [1, 4]) {
    orchestratorConformance(runner, {
      name: `InlineOrchestrator with concurrency ${concurrency}`,
      create: () => new InlineOrchestrator({ concurrency }),
    })
  }
}
