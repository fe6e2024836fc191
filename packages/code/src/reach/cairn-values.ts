import type { Linker } from '../link/linker.ts'
import type { Target } from '../link/target.ts'
import type { Definition } from '../summary/module-summary.ts'

const VERBS = new Set(['step', 'pipeline', 'slot'])

/** Knows which definitions are Cairn's own and which units hold steps and pipelines. */
export class CairnValues {
  readonly #linker: Linker
  readonly #values = new Map<string, boolean>()

  constructor(linker: Linker) {
    this.#linker = linker
  }

  /** Whether the callee of a definition is Cairn's, also behind an alias or a barrel of the project. */
  isDefinition(file: string, { callee }: Pick<Definition, 'callee'>): boolean {
    return this.#isVerb(file, [callee.root, ...callee.path])
  }

  /** Whether a unit holds a step or a pipeline: `step(...)`, `x.with(...)`, `declared.implement(...)`. */
  isValue(file: string, unit: number): boolean {
    const key = `${file}#${unit}`
    const known = this.#values.get(key)
    if (known !== undefined) return known
    this.#values.set(key, false)
    const initialiser = this.#linker.modules.load(file).summary.units[unit]?.initialiser
    const isValue = initialiser?.kind === 'call' && this.#isCairnCall(file, initialiser.root, initialiser.path)
    this.#values.set(key, isValue)
    return isValue
  }

  #isCairnCall(file: string, root: string, path: readonly string[]): boolean {
    const ownPath = path.filter((name) => name !== 'implement')
    if (this.#isVerb(file, [root, ...ownPath])) return true
    const targets = this.#linker.named(file, root)
    return (
      targets.length > 0 &&
      targets.every((target) => target.kind === 'unit' && path.length > 0 && this.isValue(target.file, target.unit))
    )
  }

  #isVerb(file: string, [root = '', ...path]: readonly string[], depth = 0): boolean {
    const targets = this.#linker.named(file, root)
    return targets.length > 0 && depth < 10 && targets.every((target) => this.#isVerbTarget(target, path, depth))
  }

  #isVerbTarget(target: Target, path: readonly string[], depth: number): boolean {
    switch (target.kind) {
      case 'cairn':
        return VERBS.has(target.name === '*' || target.name === 'default' ? (path.at(-1) ?? '') : target.name)
      case 'namespace': {
        const [member = ''] = path
        const found = this.#linker.exportsOf(target.file, member)
        return found.length > 0 && found.every((one) => this.#isVerbTarget(one, path.slice(1), depth + 1))
      }
      case 'unit': {
        const initialiser = this.#linker.modules.load(target.file).summary.units[target.unit]?.initialiser
        if (initialiser?.kind !== 'alias') return false
        return this.#isVerb(target.file, [initialiser.root, ...initialiser.path, ...path], depth + 1)
      }
      default:
        return false
    }
  }
}
