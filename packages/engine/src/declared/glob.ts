const MAGIC = /[*?[{]|[!+@]\(/

/** A glob, cut where its wildcards begin. */
export interface Glob {
  /** The segments before the first wildcard, joined by `/`; absolute where the pattern is. */
  readonly base: string
  /** What paths below the base have to match. */
  readonly rest: string
  /** How many folders below the base may have to be entered. */
  readonly depth: number
  /** Whether it enters folders that are otherwise left out: those that begin with a dot, and `node_modules`. */
  readonly entersDots: boolean
  readonly entersPackages: boolean
}

/** Whether a path has wildcards. A file may be named so all the same. */
export function hasWildcards(pattern: string): boolean {
  return MAGIC.test(pattern)
}

/** Cuts a pattern with wildcards. */
export function cutGlob(pattern: string): Glob {
  const segments = pattern.split('/').filter((segment, at) => segment !== '.' && (segment !== '' || at === 0))
  const first = segments.findIndex((segment) => MAGIC.test(segment))
  const rest = segments.slice(first)
  const text = rest.join('/')
  // A brace may hold slashes, and `**` any number of them.
  const isDeep = text.includes('**') || text.includes('{') || text.includes('(')
  return {
    base: first === 1 && segments[0] === '' ? '/' : segments.slice(0, first).join('/'),
    rest: text,
    depth: isDeep ? Number.POSITIVE_INFINITY : rest.length - 1,
    entersDots: /(?:^|[/{,(|])\./.test(text),
    entersPackages: text.includes('node_modules'),
  }
}

/** Everything below a folder that wildcards match. */
export function allBelow(base: string): Glob {
  return { base, rest: '**', depth: Number.POSITIVE_INFINITY, entersDots: false, entersPackages: false }
}
