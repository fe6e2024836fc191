import { ResolverFactory, type NapiResolveOptions } from 'oxc-resolver'

/** What a specifier without an extension may mean, in order. */
export const SOURCE_EXTENSIONS: readonly string[] = ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.jsx', '.json']

const REQUIRED_EXTENSIONS = ['.js', '.json', '.node', '.cjs', '.ts', '.cts', '.tsx', '.jsx']
const TYPESCRIPT_OF: Readonly<Record<string, string[]>> = {
  '.js': ['.js', '.ts', '.tsx'],
  '.mjs': ['.mjs', '.mts'],
  '.cjs': ['.cjs', '.cts'],
  '.jsx': ['.jsx', '.tsx'],
}

/** Resolvers of specifiers in source files, each for one kind of request. */
export interface SourceResolvers {
  readonly imports: ResolverFactory
  readonly requires: ResolverFactory
  /** As `imports`, and as `paths` and `baseUrl` of the file's tsconfig say, which come first. */
  readonly mappedImports: ResolverFactory
  readonly mappedRequires: ResolverFactory
}

/**
 * Makes the resolvers that the loader and code identity share, so that both see the same modules.
 *
 * @param conditions of an `import` in this process
 */
export function createSourceResolvers(conditions: readonly string[]): SourceResolvers {
  const base: NapiResolveOptions = { symlinks: true, extensionAlias: TYPESCRIPT_OF, mainFields: ['main'] }
  const imports = { ...base, extensions: [...SOURCE_EXTENSIONS], conditionNames: [...conditions] }
  const requireConditions = conditions.map((name) => (name === 'import' ? 'require' : name))
  const requires = { ...base, extensions: REQUIRED_EXTENSIONS, conditionNames: requireConditions }
  return {
    imports: new ResolverFactory(imports),
    requires: new ResolverFactory(requires),
    mappedImports: new ResolverFactory({ ...imports, tsconfig: 'auto' }),
    mappedRequires: new ResolverFactory({ ...requires, tsconfig: 'auto' }),
  }
}
