import { cachePolicy, definePlugin, type Plugin } from '@cairnml/core'

import type { AcmeOptions } from './options.ts'

/** The plugin: a cache policy. What it needs is loaded when a stack uses it. */
const plugin: Plugin = definePlugin({
  name: 'acme',
  components: [
    cachePolicy<AcmeOptions>({
      options: async () => (await import('./options-schema.ts')).ACME_OPTIONS,
      requiresOptions: false,
      create: async (options, { name }) => {
        const { AcmeCachePolicy } = await import('./cache-policy.ts')
        return new AcmeCachePolicy(name, options)
      },
    }),
  ],
})

export default plugin
