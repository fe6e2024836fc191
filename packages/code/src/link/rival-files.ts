import { dirname, extname, join, basename } from 'node:path'

/** A relative specifier that was resolved. */
export interface ResolvedPath {
  /** The file that asks. */
  readonly from: string
  /** What the specifier says, as an absolute path. */
  readonly path: string
  /** The file that was found for it. */
  readonly found: string
}

const TYPESCRIPT = /\.[cm]?tsx?$/
const IMPLIED = ['.ts', '.tsx', '.mts', '.js', '.mjs', '.jsx']
const SOURCES_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
}

/**
 * Files that another runner would take if they were there, since each has an order of its own: `./a` is a.ts or a.js, and
 * `./a.js` in a TypeScript file is that file or a.ts.
 */
export function rivalFiles({ from, path, found }: ResolvedPath): readonly string[] {
  if (found === path) {
    if (!TYPESCRIPT.test(from)) return []
    const extension = extname(path)
    const sources = Object.hasOwn(SOURCES_OF, extension) ? SOURCES_OF[extension] : undefined
    return (sources ?? []).map((source) => path.slice(0, -extension.length) + source)
  }
  // `./a.js` that is not there.
  if (Object.hasOwn(SOURCES_OF, extname(path)) && dirname(found) === dirname(path)) return []
  const inFolder = join(path, 'index')
  const stems = basename(found).startsWith('index.') && dirname(found) === path ? [path, inFolder] : [path]
  return stems.flatMap((stem) => IMPLIED.map((extension) => stem + extension)).filter((file) => file !== found)
}
