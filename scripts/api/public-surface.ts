import { readDeclarations, resolveSpecifier, type DeclarationModule, type Origin } from './declaration-module.ts'
import { referencedNames } from './referenced-names.ts'
import { withoutComments } from './without-comments.ts'

/** What a package entry promises, in texts that do not depend on how its files are cut. */
export interface PublicSurface {
  readonly exported: readonly string[]
  /** Declarations that the exported ones refer to and that have no exported name. */
  readonly reached: readonly string[]
}

/** Reads the public surface of the declaration file of an entry. */
export function publicSurface(entry: string): PublicSurface {
  return new SurfaceReader().read(entry)
}

class SurfaceReader {
  readonly #modules = new Map<string, DeclarationModule>()
  readonly #exported = new Map<string, string>()
  readonly #reached = new Map<string, string>()

  read(entry: string): PublicSurface {
    const found = [...this.#exportsOf(entry)].toSorted(([a], [b]) => (a < b ? -1 : 1))
    const exported = found.map(([name, origin]) => this.#exportedText(name, origin))
    for (const key of this.#exported.keys()) this.#follow(key)
    return { exported, reached: [...this.#reached.values()].toSorted() }
  }

  /** Every exported name of a module with the module that declares it. */
  #exportsOf(file: string): Map<string, Origin> {
    const module = this.#module(file)
    const found = new Map<string, Origin>()
    for (const star of module.stars) {
      if (star.isFile) for (const [name, origin] of this.#exportsOf(star.from)) found.set(name, origin)
      else found.set(`* from ${star.from}`, star)
    }
    for (const [name, origin] of module.exported) found.set(name, this.#declaredAt(origin))
    return found
  }

  /** Where a name is really declared, through imports and re-exports. */
  #declaredAt(origin: Origin): Origin {
    if (!origin.isFile) return origin
    const module = this.#module(origin.from)
    if (module.declared.has(origin.name)) return origin
    const next = module.imported.get(origin.name) ?? this.#exportsOf(origin.from).get(origin.name)
    if (next === undefined) throw new Error(`${origin.from} does not declare ${origin.name}.`)
    const typed = { ...next, isType: origin.isType === true || next.isType === true }
    return next.isFile ? this.#declaredAt(typed) : typed
  }

  #exportedText(name: string, origin: Origin): string {
    if (!origin.isFile) return reExport(name, origin)
    this.#exported.set(keyOf(origin), name)
    const isTypeOfClass = origin.isType === true && /^declare (abstract )?class /.test(this.#text(origin))
    if (origin.name !== name || isTypeOfClass) return `${this.#text(origin)}\n${namedExport(name, origin)}`
    return this.#statements(origin)
      .map((statement) => `export ${statement}`)
      .join('\n')
  }

  #follow(key: string): void {
    const [file = '', name = ''] = key.split('#')
    const module = this.#module(file)
    for (const node of module.declared.get(name) ?? []) {
      const { names, inline } = referencedNames(node)
      for (const each of names) this.#reach({ from: file, isFile: true, name: each }, module)
      for (const each of inline) this.#reach({ ...resolveSpecifier(each.specifier, file), name: each.name })
    }
  }

  #reach(origin: Origin, inside?: DeclarationModule): void {
    if (inside !== undefined && !inside.declared.has(origin.name) && !inside.imported.has(origin.name)) return
    const target = this.#declaredAt(origin)
    const key = keyOf(target)
    if (!target.isFile || target.name === '*' || this.#exported.has(key) || this.#reached.has(key)) return
    this.#reached.set(key, this.#text(target))
    this.#follow(key)
  }

  #text(origin: Origin): string {
    return this.#statements(origin).join('\n')
  }

  #statements(origin: Origin): readonly string[] {
    const { code, declared } = this.#module(origin.from)
    return (declared.get(origin.name) ?? []).map(({ start, end }) => withoutComments(code.slice(start, end)))
  }

  #module(file: string): DeclarationModule {
    const known = this.#modules.get(file) ?? readDeclarations(file)
    this.#modules.set(file, known)
    return known
  }
}

function keyOf({ from, name }: Origin): string {
  return `${from}#${name}`
}

function reExport(name: string, origin: Origin): string {
  if (origin.name === '*') return `export * from '${origin.from}'`
  return `${namedExport(name, origin)} from '${origin.from}'`
}

function namedExport(name: string, origin: Origin): string {
  const type = origin.isType === true ? 'type ' : ''
  return `export ${type}{ ${origin.name === name ? name : `${origin.name} as ${name}`} }`
}
