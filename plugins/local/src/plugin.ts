import path from 'node:path'

import { artifactStore, definePlugin, orchestrator, type Plugin } from '@cairnml/core'

import type { LocalArtifactStoreOptions, LocalOrchestratorOptions } from './local-options.ts'

/** The local plugin: an orchestrator that runs steps in this process, and an artifact store in a folder. */
const plugin: Plugin = definePlugin({
  name: 'local',
  components: [
    orchestrator<LocalOrchestratorOptions>({
      options: async () => (await import('./local-options-schema.ts')).ORCHESTRATOR_OPTIONS,
      create: async (options, { name }) => {
        const { LocalOrchestrator } = await import('./local-orchestrator.ts')
        return new LocalOrchestrator({ ...options, name })
      },
    }),
    artifactStore<LocalArtifactStoreOptions>({
      provides: ['ifAbsent'],
      options: async () => (await import('./local-options-schema.ts')).ARTIFACT_STORE_OPTIONS,
      create: async (options, { name, cairnDir, projectDir }) => {
        const { LocalArtifactStore } = await import('./local-artifact-store.ts')
        const chosen = options.path === undefined ? undefined : path.resolve(projectDir, options.path)
        return new LocalArtifactStore({ name, cairnDir, path: chosen ?? path.join(cairnDir, 'artifacts') })
      },
    }),
  ],
})

export default plugin
