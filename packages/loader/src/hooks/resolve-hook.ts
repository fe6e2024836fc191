import type { ResolveFnOutput, ResolveHookContext } from 'node:module'
import { pathToFileURL } from 'node:url'

import { helperFile, modulesPart } from './lazy-parts.ts'
import { projectFile } from './project-file.ts'

/** How Node says that it knows no module of a name, for `import` and for `require`. */
const NOT_FOUND = new Set([
  'ERR_MODULE_NOT_FOUND',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_INVALID_MODULE_SPECIFIER',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'MODULE_NOT_FOUND',
])
/** Programs that look for something take a package.json in place of a module. */
const CODE = /\.[cm]?[jt]sx?$/
const HELPER = /^@oxc-project\/runtime\/helpers\/\w+$/

/** Resolves as Node does, and asks the project's tsconfig and TypeScript's extensions where Node finds nothing. */
export function resolve(
  specifier: string,
  context: ResolveHookContext,
  nextResolve: (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput,
): ResolveFnOutput {
  try {
    return nextResolve(specifier, context)
  } catch (error) {
    const file = isNotFound(error) ? fallback(specifier, context) : undefined
    if (file === undefined) throw error
    // `require` takes no URLs.
    return nextResolve(isRequire(context) ? file : urlOf(file, specifier), context)
  }
}

function fallback(specifier: string, context: ResolveHookContext): string | undefined {
  const from = projectFile(context.parentURL)
  if (from === undefined || !CODE.test(from)) return undefined
  if (HELPER.test(specifier)) return helperFile(specifier)
  return modulesPart().resolveSource({ from, specifier, isRequire: isRequire(context), conditions: context.conditions })
}

/** Node gives attributes for an `import` only, if there are any or not. */
function isRequire({ importAttributes }: ResolveHookContext): boolean {
  return (importAttributes as object | undefined) === undefined
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NOT_FOUND.has(String(error.code))
}

/** Query and fragment tell instances of one module apart. */
function urlOf(file: string, specifier: string): string {
  return pathToFileURL(file).href + (/^(?:\.|\/|file:)[^?#]*([?#].*)$/.exec(specifier)?.[1] ?? '')
}
