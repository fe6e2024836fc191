import { readFileSync, globSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The root of this repository, absolute. */
export const ROOT = resolve(import.meta.dirname, '../..')

/** What the scripts read of a package.json. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly license?: string
  readonly bin?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly exports?: ExportMap
  readonly publishConfig?: { readonly exports?: ExportMap }
}

/** Entries by subpath; an entry is a file, or files by condition. */
export type ExportMap = Readonly<Record<string, string | Readonly<Record<string, string>>>>

/** One package of the workspace. */
export interface WorkspacePackage {
  /** Absolute. */
  readonly folder: string
  /** From the root, with forward slashes. */
  readonly path: string
  readonly manifest: Manifest
}

/** The packages that go to the registry, in the order of their paths. */
export function publishedPackages(root: string = ROOT): readonly WorkspacePackage[] {
  return globSync(['packages/*/package.json', 'plugins/*/package.json'], { cwd: root })
    .map((file) => file.replaceAll('\\', '/').replace('/package.json', ''))
    .toSorted()
    .map((path) => ({ folder: join(root, path), path, manifest: readManifest(join(root, path)) }))
    .filter(({ manifest }) => manifest.private !== true)
}

/** The package.json of a folder. */
function readManifest(folder: string): Manifest {
  // Sound enough for our own files: pnpm refuses the workspace when a manifest is malformed.
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}
