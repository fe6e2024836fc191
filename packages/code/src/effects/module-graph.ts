import type { Linker } from '../link/linker.ts'
import type { PackageUse } from '../reach/linked-code.ts'

/** The modules that an entry loads. */
export interface LoadedModules {
  /** In order of evaluation. */
  readonly order: readonly string[]
  /** Packages that are imported without names, for what they do when they load. */
  readonly packages: readonly PackageUse[]
}

/** Finds what loading a module loads, in order of evaluation; literal dynamic imports and requires count, too. */
export class ModuleGraph {
  readonly #linker: Linker
  readonly #known = new Map<string, LoadedModules>()

  constructor(linker: Linker) {
    this.#linker = linker
  }

  from(entry: string): LoadedModules {
    let known = this.#known.get(entry)
    if (known === undefined) {
      known = this.#load(entry)
      this.#known.set(entry, known)
    }
    return known
  }

  #load(entry: string): LoadedModules {
    const order: string[] = []
    const packages: PackageUse[] = []
    const seen = new Set<string>()
    const visit = (file: string): void => {
      if (seen.has(file)) return
      seen.add(file)
      for (const { specifier, kind } of this.#linker.modules.load(file).summary.requests) {
        const resolved = this.#linker.resolver.resolve(file, specifier, kind === 'require')
        if (resolved.kind === 'file') visit(resolved.file)
        if (resolved.kind === 'package' && kind === 'effect') packages.push(resolved)
      }
      order.push(file)
    }
    visit(entry)
    return { order, packages }
  }
}
