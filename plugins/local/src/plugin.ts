import path from 'node:path'

import { artifactStore, definePlugin, orchestrator, type ComponentContext, type Plugin } from '@cairnml/core'

import type { LocalArtifactStoreOptions, LocalOrchestratorOptions } from './local-options.ts'

/** The local plugin: an orchestrator that runs steps in this process, and an artifact store in a folder. */
const plugin: Plugin = definePlugin({
  name: 'local',
  components: [
    orchestrator<LocalOrchestratorOptions>({
      options: async () => (await import('./local-options-schema.ts')).ORCHESTRATOR_OPTIONS,
      requiresOptions: false,
      create: async (options, { name }) => {
        const { LocalOrchestrator } = await import('./local-orchestrator.ts')
        return new LocalOrchestrator({ ...options, name })
      },
    }),
    artifactStore<LocalArtifactStoreOptions>({
      provides: ['ifAbsent'],
      options: async () => (await import('./local-options-schema.ts')).ARTIFACT_STORE_OPTIONS,
      requiresOptions: false,
      location: storeFolder,
      create: async (options, context) => {
        const { LocalArtifactStore } = await import('./local-artifact-store.ts')
        const { name, cairnDir } = context
        return new LocalArtifactStore({ name, cairnDir, path: storeFolder(options, context) })
      },
    }),
  ],
})

export default plugin

function storeFolder(
  { path: chosen }: LocalArtifactStoreOptions,
  { cairnDir, projectDir }: Pick<ComponentContext, 'cairnDir' | 'projectDir'>,
): string {
  return chosen === undefined ? path.join(cairnDir, 'artifacts') : path.resolve(projectDir, chosen)
}
