import { definePlugin, metadataStore, type Plugin } from '@cairnml/core'

/** The plugin: a metadata store, which takes no options. What it needs is loaded when a stack uses it. */
const plugin: Plugin = definePlugin({
  name: 'acme',
  components: [
    metadataStore({
      create: async (_options, { name }) => {
        const { AcmeMetadataStore } = await import('./metadata-store.ts')
        return new AcmeMetadataStore(name)
      },
    }),
  ],
})

export default plugin
