/**
 * Where the bundle is going to run. `local`: in a worker on this machine, packages are imported from where they are
 * installed. `portable`: anywhere, packages are inside.
 */
export type BundleProfile = 'local' | 'portable'

/** A file that belongs to a bundle. */
export interface BundleAsset {
  /** Relative to the folder of the bundle, with forward slashes. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** A step as an ES module that can run without its project. */
export interface CodeBundle {
  readonly bundled: true
  /**
   * The text of {@link BUNDLE_FILE}. It exports `run`, the function of the step, and `ports`: the declared types of its
   * `inputs` and `outputs` by name. Importing it runs what the step reaches at load, and no pipeline.
   */
  readonly code: string
  /** Source map, as JSON. Its sources are relative to the project. */
  readonly map: string
  /** Files that the code names by `new URL('...', import.meta.url)`; programs are bundles of their own. */
  readonly assets: readonly BundleAsset[]
  /**
   * Versions, by name, of packages that are not inside, because they hold machine code or look for files of their own:
   * they must be installed where the bundle runs. Always empty for `local`.
   */
  readonly nativePackages: Readonly<Record<string, string>>
  /** sha256 as hex over all of it. */
  readonly digest: string
}

/** Why there is no bundle of a step: then it can only run in the process that defined it. */
export interface Unbundleable {
  readonly bundled: false
  /** One clause without a full stop. */
  readonly reason: string
  /** `file:line`, relative to the project. */
  readonly at?: string | undefined
}

/** Name of the file that a worker imports. */
export const BUNDLE_FILE = 'step.mjs'
