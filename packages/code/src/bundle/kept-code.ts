import type { StepClosure } from '../closure/step-closure.ts'
import type { BundleSource } from './bundle-source.ts'

/** What of a file belongs to a bundle. */
export interface KeptModule {
  readonly units: Set<number>
  /** Definitions that are used as such, by indices into the summary; all others are cut out of their units. */
  readonly definitions: Set<number>
  /** Data or CommonJS, which is not cut. */
  isWhole: boolean
}

/** What of a project belongs to a bundle. */
export interface KeptCode {
  readonly modules: ReadonlyMap<string, KeptModule>
  /** Specifiers of packages that are reached. */
  readonly packageSpecifiers: ReadonlySet<string>
  /** Files of which something runs at load, in order of evaluation. */
  readonly effectFiles: readonly string[]
}

/**
 * Brings closures together. Code that only programs use, which are started by their URL, is left out: they are bundles of
 * their own.
 */
export function keptCode(source: BundleSource, closures: readonly StepClosure[]): KeptCode {
  const importable = importableFiles(source, [...source.entries, ...closures.map(({ root }) => root.file)])
  const modules = new Map<string, KeptModule>()
  const packageSpecifiers = new Set<string>()
  const effectFiles = new Set<string>()
  for (const closure of closures) {
    for (const { file, unit, definitions } of closure.nodes) {
      const isWhole = unit === undefined && source.summaryOf(file).kind !== 'module'
      // A module without a unit is a program.
      if (!importable.has(file) || (unit === undefined && !isWhole)) continue
      const kept = keptModule(modules, file)
      kept.isWhole ||= isWhole
      if (unit === undefined) continue
      kept.units.add(unit)
      for (const index of definitions) kept.definitions.add(index)
    }
    for (const index of closure.effects) effectFiles.add(closure.nodes[index]?.file ?? closure.root.file)
    for (const { specifiers } of closure.packages) for (const one of specifiers) packageSpecifiers.add(one)
  }
  return { modules, packageSpecifiers, effectFiles: [...effectFiles].filter((file) => importable.has(file)) }
}

function keptModule(modules: Map<string, KeptModule>, file: string): KeptModule {
  let kept = modules.get(file)
  if (kept === undefined) {
    kept = { units: new Set(), definitions: new Set(), isWhole: false }
    modules.set(file, kept)
  }
  return kept
}

function importableFiles(source: BundleSource, starts: readonly string[]): ReadonlySet<string> {
  const files = new Set(starts)
  for (const file of files) {
    for (const { specifier, kind } of source.summaryOf(file).requests) {
      const target = source.resolve(file, specifier, kind === 'require' ? 'require' : 'import')
      if (target.kind === 'file') files.add(target.file)
    }
  }
  return files
}
