import { createRequire } from 'node:module'

import type * as Experimental from 'rolldown/experimental'

/** What a tsconfig says of the code that is made from a file; inherited values included. */
export interface CompilerSettings {
  /** The tsconfig that counts for the file; absent where none includes it. */
  readonly path?: string | undefined
  /** Absolute targets by pattern. */
  readonly paths?: Readonly<Record<string, readonly string[]>> | undefined
  readonly jsx?: string | undefined
  readonly jsxImportSource?: string | undefined
  readonly jsxFactory?: string | undefined
  readonly jsxFragmentFactory?: string | undefined
  readonly experimentalDecorators: boolean
  readonly emitDecoratorMetadata: boolean
  /** Whether class fields are what the language says: own properties that are defined, not assigned. */
  readonly definesClassFields: boolean
}

const requireOwn = createRequire(import.meta.url)
const OLD_TARGET = /^es(?:3|5|6|20(?:1\d|2[01]))$/i

/** Finds the settings of the nearest tsconfig that includes a file; what was read is not read again. */
export function createCompilerSettings(): (file: string) => CompilerSettings {
  let cache: InstanceType<typeof Experimental.TsconfigCache> | undefined
  return (file) => {
    // Sound: it is that package. Most projects never ask, and those who do cannot wait: hooks are synchronous.
    const { resolveTsconfig, TsconfigCache } = requireOwn('rolldown/experimental') as typeof Experimental
    cache ??= new TsconfigCache()
    return settingsOf(resolveTsconfig(file, cache))
  }
}

function settingsOf(found: ReturnType<typeof Experimental.resolveTsconfig>): CompilerSettings {
  if (found === null) {
    return { experimentalDecorators: false, emitDecoratorMetadata: false, definesClassFields: true }
  }
  const options = found.tsconfig.compilerOptions
  const { paths, jsx, jsxImportSource, jsxFactory, jsxFragmentFactory, target = '' } = options
  return {
    path: found.tsconfigFilePaths[0],
    paths,
    jsx,
    jsxImportSource,
    jsxFactory,
    jsxFragmentFactory,
    experimentalDecorators: options.experimentalDecorators ?? false,
    emitDecoratorMetadata: options.emitDecoratorMetadata ?? false,
    definesClassFields: options.useDefineForClassFields ?? !OLD_TARGET.test(target),
  }
}
