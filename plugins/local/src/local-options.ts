import type { NamedComponent } from '@cairnml/core'

/** Options of the artifact store. */
export interface LocalArtifactStoreOptions {
  /**
   * The folder of the store, relative to the project.
   *
   * @default `artifacts` in the project's folder for local state
   */
  readonly path?: string | undefined
}

/** Options of the orchestrator. */
export interface LocalOrchestratorOptions {
  /** How many steps run at once, a positive whole number. @default one per processor, at least two */
  readonly concurrency?: number | undefined
}

/** The artifact store as part of a stack in code. */
export function localArtifactStore(options: LocalArtifactStoreOptions = {}): NamedComponent {
  return { use: '@cairnml/plugin-local', ...options }
}

/** The orchestrator as part of a stack in code. */
export function localOrchestrator(options: LocalOrchestratorOptions = {}): NamedComponent {
  return { use: '@cairnml/plugin-local', ...options }
}
