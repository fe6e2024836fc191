import { fileURLToPath } from 'node:url'

import { createSourceResolvers, type SourceResolvers } from './source-resolvers.ts'

/** A specifier that Node does not resolve. */
export interface SourceRequest {
  /** Absolute path of the file that asks. */
  readonly from: string
  readonly specifier: string
  readonly isRequire: boolean
  /** Those of the request. */
  readonly conditions: readonly string[]
}

const known = new Map<string, SourceResolvers>()

/** The file that a specifier means in TypeScript; `undefined` where it means none. */
export function resolveSource({ from, specifier, isRequire, conditions }: SourceRequest): string | undefined {
  const path = specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier
  const resolvers = resolversFor(conditions.map((name) => (name === 'require' ? 'import' : name)))
  const resolver = isRequire ? resolvers.mappedRequires : resolvers.mappedImports
  return resolver.resolveFileSync(from, path).path?.replace(/[?#][^/\\]*$/, '')
}

function resolversFor(conditions: readonly string[]): SourceResolvers {
  const key = conditions.join('\n')
  let resolvers = known.get(key)
  if (resolvers === undefined) {
    resolvers = createSourceResolvers(conditions)
    known.set(key, resolvers)
  }
  return resolvers
}
