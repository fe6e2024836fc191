import type { ResultManifest } from '@cairnml/core'

/** An object in the artifact store that holds content: a blob, the list behind a tree or collection, a part of a log. */
export interface ContentObject {
  readonly key: string
  /** Bytes. */
  readonly size: number
}

/** The result of a completed execution, as it lies in the artifact store. */
export interface StoredResult {
  /** Where its manifest lies. */
  readonly object: string
  /** When the manifest was put, by the clock of the store. */
  readonly putAt: number
  readonly manifest: ResultManifest
  /** Everything that its outputs consist of, each object once, and its log. */
  readonly content: readonly ContentObject[]
}

/** Whether a result is found by its key. Others are kept for the run that made them. */
export function isReusable(result: StoredResult): boolean {
  return result.object.startsWith('cache/')
}

/** When the result came under its key, in milliseconds since the epoch. */
export function madeAt({ manifest }: StoredResult): number {
  return manifest.accepted?.at ?? manifest.endedAt
}

/** Bytes of objects, each counted once. */
export function bytesOf(objects: Iterable<ContentObject>): number {
  const sizes = new Map<string, number>()
  for (const { key, size } of objects) sizes.set(key, size)
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}
