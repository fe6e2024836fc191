import { resolve } from 'node:path'

import { pathInProject } from './closure-key.ts'
import type { StaticClosure } from './static-closure.ts'

/** Closures as JSON: paths relative to the project, sets of files each stored once. */
export interface StoredClosures {
  /** Indices into the table of files. */
  readonly fileSets: readonly (readonly number[])[]
  readonly closures: Readonly<Record<string, StoredClosure>>
  /** Ports whose types are not built in, by definition. */
  readonly ports: Readonly<Record<string, readonly string[]>>
}

interface StoredClosure extends StaticClosure {
  readonly fileSet: number
}

/** A closure with the files that it depends on, as absolute paths. */
export interface ClosureWithFiles {
  readonly closure: StaticClosure
  readonly files: readonly string[]
}

/** Closures in the form in which they are stored. */
export function storedClosures(
  known: ReadonlyMap<string, ClosureWithFiles>,
  at: { readonly projectDir: string; readonly paths: readonly string[] },
): Pick<StoredClosures, 'fileSets' | 'closures'> {
  const indices = new Map(at.paths.map((path, index) => [path, index]))
  const fileSets: (readonly number[])[] = []
  const sets = new Map<string, number>()
  const closures: Record<string, StoredClosure> = {}
  for (const [key, { closure, files }] of known) {
    const set = files.map((file) => indices.get(file) ?? -1)
    const text = set.join()
    const fileSet = sets.get(text) ?? fileSets.push(set) - 1
    sets.set(text, fileSet)
    closures[key] = { ...withPaths(closure, (dir) => pathInProject(at.projectDir, dir)), fileSet }
  }
  return { fileSets, closures }
}

/** Closures from the form in which they are stored. */
export function closuresOf(
  { fileSets, closures }: StoredClosures,
  at: { readonly projectDir: string; readonly paths: readonly string[] },
): Map<string, ClosureWithFiles> {
  const sets = fileSets.map((set) => set.flatMap((index) => at.paths[index] ?? []))
  return new Map(
    Object.entries(closures).map(([key, { fileSet, ...closure }]) => [
      key,
      { closure: withPaths(closure, (dir) => resolve(at.projectDir, dir)), files: sets[fileSet] ?? [] },
    ]),
  )
}

function withPaths(closure: StaticClosure, path: (dir: string) => string): StaticClosure {
  return { ...closure, packages: closure.packages.map((found) => ({ ...found, dir: path(found.dir) })) }
}
