import type { Manifest } from '../packages/manifest.ts'

/** What a reference of a piece of code leads to. */
export type Target = (
  | { readonly kind: 'unit'; readonly file: string; readonly unit: number; readonly name: string }
  /** A whole file: data, CommonJS, or something that cannot be parsed. */
  | { readonly kind: 'file'; readonly file: string; readonly name: string }
  /** A file that is started as a program of its own: all that it asks for counts. */
  | { readonly kind: 'program'; readonly file: string }
  /** The namespace of a module; what it holds follows as further targets. */
  | { readonly kind: 'namespace'; readonly file: string }
  | {
      readonly kind: 'package'
      readonly manifest: Manifest
      readonly specifier: string
      readonly name: string
      readonly file: string
    }
  | { readonly kind: 'builtin'; readonly builtin: string; readonly name: string }
  | { readonly kind: 'cairn'; readonly name: string }
  | { readonly kind: 'global'; readonly name: string }
  /** A name that a module does not export, or a file that is not there. */
  | { readonly kind: 'absent'; readonly name: string }
  | { readonly kind: 'unresolved'; readonly specifier: string; readonly reason: string }
  /** Syntax that runners compile differently. */
  | { readonly kind: 'refused'; readonly reason: string }
) & {
  /** The name under which a namespace has it. */
  readonly as?: string | undefined
}

/** A target in a project file. */
export type UnitTarget = Extract<Target, { readonly kind: 'unit' }>
