// Conformance suites, one per port
export {
  artifactStoreConformance,
  type ArtifactStoreConformanceOptions,
} from './artifact-store/artifact-store-conformance.ts'
export {
  metadataStoreConformance,
  type MetadataStoreConformanceOptions,
} from './metadata-store/metadata-store-conformance.ts'
export { cacheIndexConformance, type CacheIndexConformanceOptions } from './cache-index/cache-index-conformance.ts'
export { cachePolicyConformance, type CachePolicyConformanceOptions } from './cache-policy/cache-policy-conformance.ts'
export {
  orchestratorConformance,
  type OrchestratorConformanceOptions,
} from './orchestrator/orchestrator-conformance.ts'
export { provenanceConformance, type ProvenanceConformanceOptions } from './provenance/provenance-conformance.ts'
export type { ConformanceOptions, Skip, TestRunner } from './suite/test-runner.ts'
export type { ComponentModule, ComponentReference } from './processes/component-reference.ts'
export { CollectingRunner, type TestOutcome } from './suite/collecting-runner.ts'

// Fakes that count, fail and stop
export { CountingArtifactStore, type OperationCounts } from './fakes/counting-artifact-store.ts'
export { ARTIFACT_STORE_FAULTS, type ArtifactStoreFault } from './fakes/artifact-store-faults.ts'
export { FaultyArtifactStore, type FaultyArtifactStoreOptions } from './fakes/faulty-artifact-store.ts'
export { stopAfterWrites } from './fakes/stop-after-writes.ts'
export { StoppedError, StopSwitch } from './fakes/stop-switch.ts'

// Fixtures
export {
  FIXTURE_PROCESS,
  FIXTURE_TIME,
  keyTreeRecord,
  pipelineRecord,
  pipelineVersionRecord,
  runRecord,
  stepRunRecord,
} from './fixtures/records.ts'
export {
  artifactRef,
  cacheEntry,
  digestOf,
  resultManifest,
  stepForCaching,
  stepInvocation,
  knownCode,
} from './fixtures/results.ts'
export { temporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.ts'

// A whole stack in memory
export { memoryStack, type MemoryStackParts } from './memory-stack.ts'
