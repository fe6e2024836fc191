import { cachePolicy, definePlugin, provenance, type Plugin } from '@cairnml/core'

import type { GitPolicyOptions, GitPolicySettings } from './git-options.ts'

/** The git plugin: which state of a repository a run was made with, and a cache policy that counts it. */
const plugin: Plugin = definePlugin({
  name: 'git',
  components: [
    provenance({
      create: async (_options, { name, projectDir }) => {
        const { GitProvenance } = await import('./provenance/git-provenance.ts')
        return new GitProvenance(name, projectDir)
      },
    }),
    cachePolicy<GitPolicyOptions, GitPolicySettings>({
      options: async () => (await import('./git-options-schema.ts')).GIT_POLICY_OPTIONS,
      requiresOptions: false,
      settings: async () => (await import('./git-options-schema.ts')).GIT_POLICY_SETTINGS,
      create: async (options, { name, projectDir }) => {
        const { GitCachePolicy } = await import('./policy/git-cache-policy.ts')
        return new GitCachePolicy(name, { ...options, projectDir })
      },
    }),
  ],
})

export default plugin
