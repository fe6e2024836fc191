import { relative, sep } from 'node:path'

import type { ClosureRoot } from '../closure/project.ts'

/** The place of a definition, with its file relative to the project. */
export interface RootPlace {
  readonly at: number
  readonly path: string
}

/** What a closure is remembered by. */
export function closureKey(projectDir: string, { what, file, at }: ClosureRoot): string {
  return JSON.stringify([at, pathInProject(projectDir, file), what])
}

/** What the ports of a definition are remembered by. */
export function placeKey(projectDir: string, { file, at }: Pick<ClosureRoot, 'file' | 'at'>): string {
  return JSON.stringify([at, pathInProject(projectDir, file)])
}

/** The place in a key of either kind; the root of a closure in one of a closure. */
export function placeOfKey(key: string): RootPlace & { readonly what?: string | undefined } {
  // Sound: keys are only made by the functions above.
  const [at, path, what] = JSON.parse(key) as [number, string, string?]
  return { at, path, what }
}

/** The same key for the definition when it is at another offset of its file. */
export function movedKey(key: string, at: number): string {
  const { path, what } = placeOfKey(key)
  return JSON.stringify(what === undefined ? [at, path] : [at, path, what])
}

/** A path relative to the project, with forward slashes: labels of pieces of code begin with it, too. */
export function pathInProject(projectDir: string, path: string): string {
  return relative(projectDir, path).split(sep).join('/')
}
