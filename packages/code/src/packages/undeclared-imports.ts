import { readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'

import { isOwnPackage, type Manifest } from './manifest.ts'

/** Larger files are no modules that somebody wrote; reading one would take longer than what it may say is worth. */
const MOST_BYTES = 1_000_000
const CODE = /\.[cm]?js$/
const IMPORT = /\b(?:from|import|require)\s*\(?\s*(?:"([^"\n]+)"|'([^'\n]+)')/g
/** Neither a path, an address, nor a name that the package itself gives a meaning. */
const BARE = /^(?:@[^/]+\/[^/:]+|[^@.#/:][^/:]*)(?:\/|$)/

/**
 * Specifiers in a file of a package that lead to other packages which its manifest does not name: they are found where
 * another package happens to have had them installed. Texts that only look like imports may be among them.
 */
export function undeclaredImports(file: string, { name, dependencies }: Manifest): readonly string[] {
  const text = textOf(file)
  const found = new Set<string>()
  for (const [, double, single] of text.matchAll(IMPORT)) {
    const specifier = double ?? single ?? ''
    const of = BARE.exec(specifier)?.[0].replace(/\/$/, '')
    if (of === undefined || of === name || isBuiltin(specifier) || isOwnPackage(of)) continue
    if (!dependencies.includes(of)) found.add(specifier)
  }
  return [...found].toSorted()
}

function textOf(file: string): string {
  if (!CODE.test(file)) return ''
  try {
    return statSync(file).size > MOST_BYTES ? '' : readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
