import { artifactStore, definePlugin, type Plugin } from '@cairnml/core'

import type { __Name__Options } from './__name__-options.ts'

/** The __Name__ plugin: an artifact store. */
const plugin: Plugin = definePlugin({
  name: '__name__',
  components: [
    artifactStore<__Name__Options>({
      options: async () => (await import('./__name__-options-schema.ts')).__NAME___OPTIONS,
      create: async (options, { name }) => {
        const { __Name__ArtifactStore } = await import('./__name__-artifact-store.ts')
        return new __Name__ArtifactStore(name, options)
      },
    }),
  ],
})

export default plugin
