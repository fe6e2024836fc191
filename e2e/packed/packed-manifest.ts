import type { ProjectFiles } from '../project/temporary-project.ts'

/** A program that installs packages. */
export type PackageManager = 'npm' | 'pnpm'

/** Where the packed packages lie, as `file:` URLs by name. */
export type Tarballs = Readonly<Record<string, string>>

/** What is read of a `package.json`. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>> | undefined
  readonly devDependencies?: Readonly<Record<string, string>> | undefined
}

/** The files by which a package manager installs what a manifest lists, with packed packages in place of published ones. */
export function packedManifest(manifest: Manifest, manager: PackageManager, tarballs: Tarballs): ProjectFiles {
  const packed = (versions: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, tarballs[name] ?? version]))
  const dependencies = packed(manifest.dependencies)
  const devDependencies = packed(manifest.devDependencies)
  const written = { ...manifest, dependencies, devDependencies }
  // Packages of the repository depend on versions of one another that no registry has.
  if (manager === 'pnpm') {
    return {
      'package.json': JSON.stringify(written, undefined, 2),
      'pnpm-workspace.yaml': JSON.stringify({ overrides: tarballs }),
    }
  }
  const listed = { ...dependencies, ...devDependencies }
  const overrides = Object.entries(tarballs).filter(([name]) => listed[name] === undefined)
  return { 'package.json': JSON.stringify({ ...written, overrides: Object.fromEntries(overrides) }, undefined, 2) }
}
