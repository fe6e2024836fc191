import type { Reference } from '../flow/reference.ts'
import type { ModuleRequest } from '../summary/module-summary.ts'
import type { BundleSource } from './bundle-source.ts'
import { hasContent, usedReferences } from './module-plan.ts'
import type { ModulePlans } from './plan-modules.ts'

/** Where the search for modules begins, and what counts. */
export interface LiveSearch {
  readonly source: BundleSource
  readonly plans: ModulePlans
  /** Files that are loaded first. */
  readonly starts: readonly string[]
  /** Specifiers of packages whose imports without names count. */
  readonly packageSpecifiers: ReadonlySet<string>
}

/**
 * The modules that are in the bundle or lead to one that is, by static imports of the whole project. Their order of
 * evaluation is that of the project, because imports between them stay, even if nothing is imported.
 */
export function liveModules(search: LiveSearch): ReadonlySet<string> {
  const { source, plans, starts } = search
  const importers = new Map<string, Set<string>>()
  const seen = new Set<string>([...starts, ...plans.files])
  const live = new Set<string>()
  for (const file of seen) {
    if (hasContent(plans.of(file)) || importsPackage(file, search)) live.add(file)
    for (const imported of staticImports(source, file)) {
      const known = importers.get(imported)
      if (known === undefined) importers.set(imported, new Set([file]))
      else known.add(file)
      seen.add(imported)
    }
  }
  for (const file of live) for (const importer of importers.get(file) ?? []) live.add(importer)
  return live
}

/** The files that are loaded with some others, or later by the code that is kept. */
export function loadedFiles(source: BundleSource, plans: ModulePlans, starts: readonly string[]): Set<string> {
  const files = new Set(starts)
  for (const file of files) {
    for (const imported of staticImports(source, file)) files.add(imported)
    for (const imported of lateImports(source, plans, file)) files.add(imported)
  }
  return files
}

function lateImports(source: BundleSource, plans: ModulePlans, file: string): readonly string[] {
  const { kind, requests } = source.summaryOf(file)
  const late = kind === 'commonjs' ? requests : usedReferences(plans.of(file)).flatMap(lateRequest)
  return late.flatMap((request) => {
    const target = source.resolve(file, request.specifier, request.kind === 'require' ? 'require' : 'import')
    return target.kind === 'file' ? [target.file] : []
  })
}

function lateRequest(reference: Reference): readonly ModuleRequest[] {
  if (typeof reference === 'string') return []
  if (reference[0] === 'import') return [{ kind: 'dynamic', specifier: reference[1] }]
  return reference[0] === 'require' ? [{ kind: 'require', specifier: reference[1] }] : []
}

function staticImports(source: BundleSource, file: string): readonly string[] {
  const { kind, requests } = source.summaryOf(file)
  if (kind !== 'module') return []
  return requests.flatMap((request) => {
    if (request.kind !== 'static' && request.kind !== 'effect') return []
    const target = source.resolve(file, request.specifier, 'import')
    return target.kind === 'file' ? [target.file] : []
  })
}

function importsPackage(file: string, { source, packageSpecifiers }: LiveSearch): boolean {
  const { kind, requests } = source.summaryOf(file)
  return kind === 'module' && requests.some((one) => one.kind === 'effect' && packageSpecifiers.has(one.specifier))
}
