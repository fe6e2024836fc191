import type { Reference, SyntaxSetting } from '../flow/reference.ts'
import type { ImportedName } from '../summary/module-summary.ts'
import { referenceKey } from '../summary/facts-builder.ts'
import { isCode, type ModuleResolver, type Resolved } from './module-resolver.ts'
import type { ProjectModules } from './project-modules.ts'
import { jsxRuntime, syntaxTargets, UNREADABLE_SETTINGS } from './syntax-settings.ts'
import type { Target } from './target.ts'

const NOTHING: readonly Target[] = []
const WHOLE = '*'

/** Says what names lead to: through imports, barrels, `export *` and namespaces, to the unit that declares them. */
export class Linker {
  readonly modules: ProjectModules
  readonly resolver: ModuleResolver
  readonly #known = new Map<string, Map<string, readonly Target[]>>()

  constructor(modules: ProjectModules, resolver: ModuleResolver) {
    this.modules = modules
    this.resolver = resolver
  }

  /** What a reference in a file leads to; a global if the file declares no such name. */
  targets(file: string, reference: Reference): readonly Target[] {
    let known = this.#known.get(file)
    if (known === undefined) {
      known = new Map()
      this.#known.set(file, known)
    }
    const key = referenceKey(reference)
    let targets = known.get(key)
    if (targets === undefined) {
      targets = this.#targets(file, reference)
      known.set(key, targets)
    }
    return targets
  }

  /** What a name of the module scope leads to, not opened if it is a namespace; nothing if it is a global. */
  named(file: string, name: string): readonly Target[] {
    return this.#local(file, name, new Set())
  }

  /** What a module exports under a name, not opened if it is a namespace. */
  exportsOf(file: string, name: string): readonly Target[] {
    return this.#exported(file, name, new Set())
  }

  /** What a file named by `new URL` is. */
  file(from: string, specifier: string): Target {
    const file = this.resolver.fileOfUrl(from, specifier)
    if (file === undefined) return { kind: 'absent', name: specifier }
    return isCode(file) ? { kind: 'program', file } : { kind: 'file', file, name: WHOLE }
  }

  #targets(file: string, reference: Reference): readonly Target[] {
    if (typeof reference === 'string') return this.#opened(this.#localOrGlobal(file, reference))
    switch (reference[0]) {
      case 'jsx':
        return this.#jsx(file, reference[1])
      case 'setting':
        return this.#syntax(file, reference[1])
      case 'require':
        return this.#opened(this.#ofResolved(this.resolver.resolve(file, reference[1], true), WHOLE, new Set()))
      case 'import':
        return this.#opened(this.#imported(file, { from: reference[1], name: reference[2] }, new Set()))
      default:
        return this.#opened(this.#member(file, reference[1], reference[2]))
    }
  }

  #localOrGlobal(file: string, name: string): readonly Target[] {
    const found = this.named(file, name)
    return found.length > 0 ? found : [{ kind: 'global', name }]
  }

  /** A member of an imported name is exact if that is a namespace. */
  #member(file: string, name: string, member: string): readonly Target[] {
    const found = this.#localOrGlobal(file, name)
    return found.flatMap((target) => {
      if (member === WHOLE) return [target]
      // A member of a namespace is no member of what it is.
      if (target.kind === 'namespace') {
        return this.#exported(target.file, member, new Set()).map((one) => ({ ...one, as: member }))
      }
      const isWhole = 'name' in target && target.name === WHOLE
      if (isWhole && (target.kind === 'package' || target.kind === 'builtin' || target.kind === 'cairn')) {
        return [{ ...target, name: member }]
      }
      return [target]
    })
  }

  #local(file: string, name: string, seen: Set<string>): readonly Target[] {
    const { summary, unitsByName } = this.modules.load(file)
    const imported = Object.hasOwn(summary.imports, name) ? summary.imports[name] : undefined
    if (imported !== undefined) return this.#imported(file, imported, seen)
    const unit = unitsByName.get(name)
    return unit === undefined ? NOTHING : [{ kind: 'unit', file, unit, name }]
  }

  #imported(file: string, { from, name }: ImportedName, seen: Set<string>): readonly Target[] {
    return this.#ofResolved(this.resolver.resolve(file, from), name, seen)
  }

  #ofResolved(resolved: Resolved, name: string, seen: Set<string>): readonly Target[] {
    switch (resolved.kind) {
      case 'file':
        return name === WHOLE ? [{ kind: 'namespace', file: resolved.file }] : this.#exported(resolved.file, name, seen)
      case 'package':
        return [{ ...resolved, name }]
      case 'builtin':
        return [{ ...resolved, name }]
      case 'cairn':
        return [{ kind: 'cairn', name }]
      case 'unresolved':
        return [resolved]
    }
  }

  /** An export of a file; `absent` if there is none of that name. */
  #exported(file: string, name: string, seen: Set<string>): readonly Target[] {
    const found = this.#exportOf(file, name, seen)
    return found.length > 0 ? found : [{ kind: 'absent', name }]
  }

  #exportOf(file: string, name: string, seen: Set<string>): readonly Target[] {
    const key = `${file}\n${name}`
    if (seen.has(key)) return NOTHING
    seen.add(key)
    const { summary } = this.modules.load(file)
    if (summary.kind !== 'module') return [{ kind: 'file', file, name }]
    const exported = Object.hasOwn(summary.exports, name) ? summary.exports[name] : undefined
    if (exported !== undefined) {
      return 'local' in exported ? this.#local(file, exported.local, seen) : this.#imported(file, exported, seen)
    }
    return name === 'default' ? NOTHING : this.#starred(file, name, seen)
  }

  /** A name behind `export *`: found in a project module, else it may be in any that cannot be looked into. */
  #starred(file: string, name: string, seen: Set<string>): readonly Target[] {
    const opaque: Target[] = []
    for (const star of this.modules.load(file).summary.stars) {
      const resolved = this.resolver.resolve(file, star)
      const found =
        resolved.kind === 'file' ? this.#exportOf(resolved.file, name, seen) : this.#ofResolved(resolved, name, seen)
      const isOpaque = found.some((target) => target.kind !== 'unit' && target.kind !== 'namespace')
      if (!isOpaque && found.length > 0) return found
      opaque.push(...found)
    }
    return opaque
  }

  #opened(targets: readonly Target[]): readonly Target[] {
    return targets.flatMap((target) =>
      target.kind === 'namespace' ? this.#namespace(target.file, new Set()) : [target],
    )
  }

  /** Every export of a module with its name. */
  #namespace(file: string, seen: Set<string>): readonly Target[] {
    if (seen.has(file)) return [{ kind: 'absent', name: WHOLE }]
    seen.add(file)
    const { summary } = this.modules.load(file)
    if (summary.kind !== 'module') return [{ kind: 'file', file, name: WHOLE }]
    const out: Target[] = [{ kind: 'namespace', file }]
    for (const name of Object.keys(summary.exports)) {
      for (const target of this.#exported(file, name, new Set())) {
        if (target.kind === 'namespace') out.push({ ...target, as: name }, ...this.#namespace(target.file, seen))
        else out.push({ ...target, as: name })
      }
    }
    for (const star of summary.stars) {
      const resolved = this.resolver.resolve(file, star)
      if (resolved.kind === 'file') out.push(...this.#namespace(resolved.file, seen))
      else out.push(...this.#ofResolved(resolved, WHOLE, new Set()))
    }
    return out
  }

  #syntax(file: string, of: SyntaxSetting): readonly Target[] {
    const settings = this.resolver.settingsOf(file)
    return settings === undefined ? [UNREADABLE_SETTINGS] : syntaxTargets(of, settings)
  }

  /** The functions that make elements, with the names of those that the file has to have. */
  #jsx(file: string, source: string): readonly Target[] {
    const settings = this.resolver.settingsOf(file)
    if (settings === undefined) return [UNREADABLE_SETTINGS]
    const runtime = jsxRuntime(settings, source)
    switch (runtime.kind) {
      case 'refused':
        return [runtime]
      case 'module':
        return this.#opened(this.#ofResolved(this.resolver.resolve(file, runtime.specifier), WHOLE, new Set()))
      case 'names':
        return runtime.names.flatMap((name) => [
          { kind: 'global', name: `JSX ${name}` },
          ...this.#opened(this.#localOrGlobal(file, name.split('.', 1)[0] ?? '')),
        ])
    }
  }
}
