import { appendFileSync } from 'node:fs'

import type { Beater, Json } from '@cairnml/core'

/** A beater that writes which leases it renews into the file that `data` names. */
export function createBeater(data: Json): Beater {
  const file = typeof data === 'string' ? data : ''
  return { beat: (held) => appendFileSync(file, held.map(({ key, fence }) => `${key}:${fence} `).join('')) }
}
