import type { KnownContents, Walk } from '../memo/memoized-walk.ts'

/** What the walk through the code of a project depends on besides its files. */
export interface WalkSettings {
  /** Real path. */
  readonly projectDir: string
  /** Modules that are loaded before any step runs, in order. Real paths. */
  readonly entries: readonly string[]
  /** Conditions under which packages are resolved. */
  readonly conditions: readonly string[]
}

const SHA256_DIGITS = 64

/** Loads the parser and the resolver, and starts a walk. */
export async function loadWalk(settings: WalkSettings, known: KnownContents): Promise<Walk> {
  const { Project } = await import('../closure/project.ts')
  const project = new Project({ ...settings, ...known })
  return {
    closureOf: (root) => project.closureOf(root),
    ownPorts: (root) => project.ownPorts(root),
    contentHash: (file) => project.modules.known(file)?.key.slice(0, SHA256_DIGITS),
  }
}
