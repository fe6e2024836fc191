import { cacheIndex, definePlugin, type Plugin } from '@cairnml/core'

/** The plugin: a cache index, which takes no options. What it needs is loaded when a stack uses it. */
const plugin: Plugin = definePlugin({
  name: 'acme',
  components: [
    cacheIndex({
      create: async (_options, { name }) => {
        const { AcmeCacheIndex } = await import('./cache-index.ts')
        return new AcmeCacheIndex(name)
      },
    }),
  ],
})

export default plugin
