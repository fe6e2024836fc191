import type { NamedComponent } from '@cairnml/core'

/** Options of the cache policy. */
export interface GitPolicyOptions {
  /**
   * Files and folders whose committed content stands for the code of all steps, relative to the project.
   *
   * @default the commit as a whole
   */
  readonly paths?: readonly string[] | undefined
}

/** What a step may say to the cache policy: `settings: { git: { paths: ['models'] } }`. */
export interface GitPolicySettings {
  /**
   * Files and folders whose committed content stands for the code of this step, relative to the project.
   *
   * @default those of the stack
   */
  readonly paths?: readonly string[] | undefined
}

declare module '@cairnml/core' {
  interface ComponentSettings {
    readonly git: GitPolicySettings
  }
}

const PLUGIN = '@cairnml/plugin-git'

/**
 * The cache policy that counts a commit, or the trees of some paths, in place of the code that steps reach.
 *
 * @example
 * defineStack({ name: 'strict', cachePolicy: gitPolicy({ paths: ['src', 'package-lock.json'] }) })
 */
export function gitPolicy(options: GitPolicyOptions = {}): NamedComponent {
  return { use: PLUGIN, ...options }
}

/**
 * The provenance that records the state of the git repository with a run.
 *
 * @example
 * defineStack({ name: 'traced', provenance: gitProvenance() })
 */
export function gitProvenance(): NamedComponent {
  return { use: PLUGIN }
}
