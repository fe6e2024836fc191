export { default } from './plugin.ts'
export { gitPolicy, gitProvenance, type GitPolicyOptions, type GitPolicySettings } from './git-options.ts'
export type { GitCachePolicy } from './policy/git-cache-policy.ts'
export type { GitProvenance } from './provenance/git-provenance.ts'
