import { relative, sep } from 'node:path'

import { commitOf, type InstalledLock } from './installed-lock.ts'

interface NpmEntry {
  readonly version?: unknown
  readonly integrity?: unknown
  readonly resolved?: unknown
  readonly link?: unknown
}

/**
 * Reads `node_modules/.package-lock.json`, in which npm says what it has installed.
 *
 * @param root the folder that `node_modules` is in
 */
export function readNpmLock(text: string, root: string): InstalledLock {
  const packages = packagesIn(text)
  return {
    integrityOf({ dir, version }) {
      const entry = packages[relative(root, dir).split(sep).join('/')]
      if (entry === undefined || entry.version !== version || entry.link === true) return undefined
      const commit = typeof entry.resolved === 'string' ? commitOf(entry.resolved) : undefined
      if (commit !== undefined) return `git ${commit}`
      return typeof entry.integrity === 'string' ? entry.integrity : undefined
    },
  }
}

function packagesIn(text: string): Readonly<Record<string, NpmEntry | undefined>> {
  try {
    const { packages } = JSON.parse(text) as { readonly packages?: unknown }
    // Fields of the entries are checked where they are read.
    if (typeof packages === 'object' && packages !== null) return packages as Readonly<Record<string, NpmEntry>>
  } catch {
    // Half a file is none.
  }
  return {}
}
