import type { ModuleSummary } from '../summary/module-summary.ts'

/** Where a specifier leads to. */
export type SourceTarget =
  | { readonly kind: 'file'; readonly file: string }
  | {
      readonly kind: 'package'
      readonly file: string
      readonly manifest: { readonly dir: string; readonly name: string; readonly version?: string | undefined }
    }
  | { readonly kind: 'builtin'; readonly builtin: string }
  /** A package of Cairn. */
  | { readonly kind: 'cairn' }
  | { readonly kind: 'unresolved'; readonly specifier: string; readonly reason: string }

/** The project as the walk saw it. Files are absolute real paths. */
export interface BundleSource {
  /** Modules that are loaded before the step runs, in order. */
  readonly entries: readonly string[]
  summaryOf(file: string): ModuleSummary
  /** Without a byte order mark. */
  textOf(file: string): string
  resolve(from: string, specifier: string, kind: 'import' | 'require'): SourceTarget
  /** Names of the module scope that JSX in a file becomes calls of. */
  elementNames(file: string): readonly string[]
}
