import { createRequire } from 'node:module'

import type * as Modules from '../modules/index.ts'
import type * as Transform from '../transform/index.ts'

const requireOwn = createRequire(import.meta.url)

/** The resolver. Hooks are synchronous, so it is required. */
export function modulesPart(): typeof Modules {
  // Sound: the package exports that module under this name.
  return requireOwn('@cairnml/loader/modules') as typeof Modules
}

/** The compiler. */
export function transformPart(): typeof Transform {
  // Sound: the package exports that module under this name.
  return requireOwn('@cairnml/loader/transform') as typeof Transform
}

/** The URL of a helper function of compiled code, which the project itself need not have installed. */
export function helperFile(specifier: string): string {
  return requireOwn.resolve(specifier)
}
