import { z } from 'zod'

import type { LocalArtifactStoreOptions, LocalOrchestratorOptions } from './local-options.ts'

/** The schema of the artifact store's options. It is in a module of its own because zod takes long to load. */
export const ARTIFACT_STORE_OPTIONS: z.ZodType<LocalArtifactStoreOptions> = z.strictObject({
  path: z.string().min(1).optional(),
})

/** The schema of the orchestrator's options. */
export const ORCHESTRATOR_OPTIONS: z.ZodType<LocalOrchestratorOptions> = z.strictObject({
  concurrency: z.int().positive().optional(),
})
