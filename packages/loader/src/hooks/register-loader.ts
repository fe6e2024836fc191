import module from 'node:module'

import type { MakeError } from '../transform/refused-file.ts'
import { loadHook } from './load-hook.ts'
import { resolve } from './resolve-hook.ts'

/** Of the whole process, also where two copies of this package are installed. */
const REGISTERED = Symbol.for('cairnml/loader')

/**
 * From here on, this thread loads ordinary TypeScript: what Node's own resolution or type stripping refuses is resolved
 * and compiled as the project's `tsconfig.json` says. Whatever Node loads by itself stays with Node, and as long as that
 * is everything, no resolver and no compiler is loaded.
 *
 * A second call does nothing.
 *
 * @param makeError what the import of a file that cannot be compiled rejects with
 */
export function registerLoader(makeError: MakeError): void {
  if (Reflect.get(globalThis, REGISTERED) === true) return
  Reflect.set(globalThis, REGISTERED, true)
  module.registerHooks({ resolve, load: loadHook(makeError) })
}
