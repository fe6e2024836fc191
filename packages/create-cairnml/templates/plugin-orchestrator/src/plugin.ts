import { definePlugin, orchestrator, type Plugin } from '@cairnml/core'

import type { AcmeOptions } from './options.ts'

/** The plugin: an orchestrator. What it needs is loaded when a stack uses it. */
const plugin: Plugin = definePlugin({
  name: 'acme',
  components: [
    orchestrator<AcmeOptions>({
      options: async () => (await import('./options-schema.ts')).ACME_OPTIONS,
      requiresOptions: false,
      create: async (options, { name }) => {
        const { AcmeOrchestrator } = await import('./orchestrator.ts')
        return new AcmeOrchestrator(name, options)
      },
    }),
  ],
})

export default plugin
