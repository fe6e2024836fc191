import type { CompilerSettings } from '@cairnml/loader/modules'

import type { SyntaxSetting } from '../flow/reference.ts'
import type { Target } from './target.ts'

/** What elements are made by: a module, or functions that the file itself has by name. */
export type JsxRuntime =
  | { readonly kind: 'module'; readonly specifier: string }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | Extract<Target, { readonly kind: 'refused' }>

/** The tsconfig of a file is broken, or one that it extends is missing: runners differ in what they make of that. */
export const UNREADABLE_SETTINGS: Extract<Target, { readonly kind: 'refused' }> = {
  kind: 'refused',
  reason: 'it has syntax whose meaning its tsconfig decides, which cannot be read',
}

/**
 * What a tsconfig says of a kind of syntax. What plain Node does is nothing; what only some runners do is refused, since
 * which of them runs the code must not count.
 */
export function syntaxTargets(of: SyntaxSetting, settings: CompilerSettings): readonly Target[] {
  if (of === 'fields') {
    if (settings.definesClassFields) return []
    return [{ kind: 'refused', reason: 'it has a class with fields, and its tsconfig lets them be assigned' }]
  }
  if (!settings.experimentalDecorators) return [{ kind: 'global', name: 'standard decorators' }]
  if (!settings.emitDecoratorMetadata) return [{ kind: 'global', name: 'experimental decorators' }]
  return [{ kind: 'refused', reason: 'it has decorators, and its tsconfig lets types become values for them' }]
}

/**
 * What a tsconfig lets JSX become.
 *
 * @param source the package that a comment of the file names; empty without one
 */
export function jsxRuntime(settings: CompilerSettings, source: string): JsxRuntime {
  const { jsx, jsxImportSource = 'react', jsxFactory = 'React.createElement' } = settings
  if (jsx === 'react-jsx') {
    return { kind: 'module', specifier: `${source === '' ? jsxImportSource : source}/jsx-runtime` }
  }
  if (jsx !== 'react') return { kind: 'refused', reason: 'it has JSX, and its tsconfig does not say what that becomes' }
  const { jsxFragmentFactory = 'React.Fragment' } = settings
  return { kind: 'names', names: [jsxFactory, jsxFragmentFactory] }
}
