import nodePath from 'node:path'

import { artifactStore, definePlugin, type Plugin } from '@cairnml/core'

import type { AcmeOptions } from './options.ts'

/** The plugin: an artifact store. What it needs is loaded when a stack uses it. */
const plugin: Plugin = definePlugin({
  name: 'acme',
  components: [
    artifactStore<AcmeOptions>({
      provides: ['ifAbsent'],
      options: async () => (await import('./options-schema.ts')).ACME_OPTIONS,
      requiresOptions: false,
      create: async ({ path }, { name, cairnDir, projectDir }) => {
        const { AcmeArtifactStore } = await import('./artifact-store.ts')
        const root = path === undefined ? nodePath.join(cairnDir, 'acme') : nodePath.resolve(projectDir, path)
        return new AcmeArtifactStore(name, root)
      },
    }),
  ],
})

export default plugin
