export { default } from './plugin.ts'
export {
  localArtifactStore,
  localOrchestrator,
  type LocalArtifactStoreOptions,
  type LocalOrchestratorOptions,
} from './local-options.ts'
export type { LocalArtifactStore } from './local-artifact-store.ts'
export type { LocalOrchestrator } from './local-orchestrator.ts'
