import path from 'node:path'

import type { BeaterReference } from '@cairnml/core'

import type { LeaseBeaterData } from './lease-beater.ts'

/** How another thread makes a beater for a database. The module has a file of its own, in the sources as in the build. */
export function beaterReference({ file, busyTimeoutMs }: LeaseBeaterData): BeaterReference {
  const module = new URL(`lease-beater${path.extname(import.meta.url)}`, import.meta.url).href
  return { module, data: { file, busyTimeoutMs } }
}
