import { relative, resolve, sep } from 'node:path'

import type { CodePart } from '@cairnml/core'

import type { StaticClosure } from './static-closure.ts'

/** Closures as JSON: paths relative to the project, sets of files and pieces of code each stored once. */
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

/** Pieces of code as JSON, by closure. */
export interface StoredParts {
  readonly parts: readonly CodePart[]
  readonly closures: Readonly<Record<string, readonly number[]>>
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
    closures[key] = { ...withPaths(closure, (dir) => relative(at.projectDir, dir).split(sep).join('/')), fileSet }
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

/** Pieces of code in the form in which they are stored. */
export function storedParts(known: ReadonlyMap<string, readonly CodePart[]>): StoredParts {
  const parts: CodePart[] = []
  const numbers = new Map<string, number>()
  const numberOf = (part: CodePart): number => {
    const text = JSON.stringify([part.label, part.identity, part.kind])
    const number = numbers.get(text) ?? parts.push(part) - 1
    numbers.set(text, number)
    return number
  }
  const closures = Object.fromEntries(Array.from(known, ([key, list]) => [key, list.map(numberOf)]))
  return { parts, closures }
}

/** Pieces of code from the form in which they are stored. */
export function partsOf({ parts, closures }: StoredParts): Map<string, readonly CodePart[]> {
  return new Map(
    Object.entries(closures).map(([key, numbers]) => [key, numbers.flatMap((number) => parts[number] ?? [])]),
  )
}

function withPaths(closure: StaticClosure, path: (dir: string) => string): StaticClosure {
  return { ...closure, packages: closure.packages.map((found) => ({ ...found, dir: path(found.dir) })) }
}
