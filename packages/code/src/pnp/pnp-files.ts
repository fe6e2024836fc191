import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { pnpApiFor, type PnpApi } from '@cairnml/core/packages'

/** The files in which Yarn has written down what imports mean: `.pnp.cjs`, and one beside it where that holds no data. */
export function pnpFiles(api: PnpApi): readonly string[] {
  const runtime = api.resolveToUnqualified('pnpapi', null)
  if (runtime === null) return []
  const data = join(dirname(runtime), '.pnp.data.json')
  return existsSync(data) ? [runtime, data] : [runtime]
}

/** Whether a file is one that Yarn has written to be preloaded: for `require`, or for `import`. */
export function isPnpRuntime(file: string): boolean {
  const runtime = pnpApiFor(file)?.resolveToUnqualified('pnpapi', null)
  if (runtime === undefined || runtime === null) return false
  return file === runtime || file === join(dirname(runtime), '.pnp.loader.mjs')
}
