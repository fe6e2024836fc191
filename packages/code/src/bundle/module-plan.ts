import type { Reference } from '../flow/reference.ts'
import type { CodeFacts, ModuleSummary } from '../summary/module-summary.ts'
import type { KeptModule } from './kept-code.ts'
import type { RootPiece } from './root-pieces.ts'

/** What becomes of a module in a bundle. */
export interface ModulePlan {
  readonly file: string
  readonly summary: ModuleSummary
  readonly kept: KeptModule
  readonly roots: readonly RootPiece[]
  /** Local names of imports that its code uses. */
  readonly imports: Set<string>
  /** Names of exports that others use. */
  readonly exports: Set<string>
  /** Names that others use and that it has by an `export *`, by specifier; `*` for all of them. */
  readonly starred: Map<string, Set<string>>
  /** Units that its code mentions although they are not kept: they stay as names. */
  readonly stubs: Set<number>
}

/** A plan of a module of which nothing is known to be used. */
export function emptyPlan(
  file: string,
  summary: ModuleSummary,
  given: { readonly kept?: KeptModule | undefined; readonly roots?: readonly RootPiece[] | undefined },
): ModulePlan {
  return {
    file,
    summary,
    kept: given.kept ?? { units: new Set(), definitions: new Set(), isWhole: summary.kind !== 'module' },
    roots: given.roots ?? [],
    imports: new Set(),
    exports: new Set(),
    starred: new Map(),
    stubs: new Set(),
  }
}

/** Whether anything of a module is in the bundle, apart from what it imports. */
export function hasContent({ kept, roots, exports, starred, stubs, summary }: ModulePlan): boolean {
  if (summary.kind !== 'module') return kept.isWhole
  return kept.units.size + roots.length + exports.size + starred.size + stubs.size > 0
}

/** Everything that the kept code of a module refers to. */
export function usedReferences({ summary, kept, roots }: ModulePlan): readonly Reference[] {
  const units = [...kept.units].flatMap((index) => summary.units[index] ?? [])
  const definitions = new Set(kept.definitions)
  const pieces: CodeFacts[] = [...units, ...roots.map(({ facts }) => facts)]
  for (const index of definitions) {
    const definition = summary.definitions[index]
    if (definition === undefined) continue
    const { declaration, ports, implementation } = definition
    pieces.push(declaration, ...ports, ...(implementation === undefined ? [] : [implementation]))
  }
  return pieces.flatMap(({ references }) => references)
}
