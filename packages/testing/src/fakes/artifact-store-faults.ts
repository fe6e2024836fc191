import type { ArtifactStore } from '@cairnml/core'

/** How a store breaks its promises. */
export const ARTIFACT_STORE_FAULTS = [
  'loses writes',
  'tears writes',
  'shows what failed',
  'shows writes late',
  'keeps the buffer of its caller',
  'lends its own buffer',
  'reads what was there before',
  'remembers what it read',
  'waits for a stream that stands still',
  'lies about sizes',
  'lies about times',
  'denies what is there',
  'ignores ifAbsent',
  'ignores signals',
  'ignores ranges',
  'is off by one in ranges',
  'takes any key',
  'ignores case',
  'lists in any order',
  'lists whole segments only',
  'lists by any part of a key',
  'lists one page only',
  'repeats across pages',
  'keeps what was deleted',
  'deletes all that starts alike',
] as const

/** One of the ways in which a store breaks its promises. */
export type ArtifactStoreFault = (typeof ARTIFACT_STORE_FAULTS)[number]

/** The methods of a store that a fault may take the place of. */
export type ArtifactStoreMethods = Pick<ArtifactStore, 'put' | 'get' | 'stat' | 'list' | 'delete'>
