import { commitOf, type InstalledLock } from './installed-lock.ts'

interface YarnEntry {
  readonly patterns: readonly string[]
  version?: string
  resolved?: string
  integrity?: string
}

/**
 * Reads `yarn.lock` of yarn 1. It says what should be installed; an entry only counts if `node_modules/.yarn-integrity`
 * says that the very same was.
 *
 * @param installed text of `node_modules/.yarn-integrity`
 */
export function readYarnLock(text: string, installed: string): InstalledLock {
  const addresses = installedAddresses(installed)
  const entries = readEntries(text).filter(({ patterns, resolved }) =>
    patterns.every((pattern) => resolved !== undefined && addresses[pattern] === resolved),
  )
  return {
    integrityOf({ folderName, version }) {
      const isOfPackage = (pattern: string): boolean => pattern.startsWith(`${folderName}@`)
      const found = entries.filter((entry) => entry.version === version && entry.patterns.some(isOfPackage))
      const integrities = new Set(found.map(integrityOfEntry))
      const [integrity] = integrities
      return integrities.size === 1 ? integrity : undefined
    },
  }
}

function integrityOfEntry({ resolved = '', integrity }: YarnEntry): string | undefined {
  const commit = commitOf(resolved)
  return commit === undefined ? integrity : `git ${commit}`
}

function readEntries(text: string): readonly YarnEntry[] {
  const entries: YarnEntry[] = []
  for (const line of text.split(/\r?\n/)) {
    if (/^["\w@].*:$/.test(line)) entries.push({ patterns: line.slice(0, -1).split(', ').map(unquoted) })
    const [, field, value = ''] = /^ {2}(version|resolved|integrity) (.*)$/.exec(line) ?? []
    const entry = entries.at(-1)
    if (entry === undefined) continue
    if (field === 'version') entry.version = unquoted(value)
    if (field === 'resolved') entry.resolved = unquoted(value)
    if (field === 'integrity') entry.integrity = unquoted(value)
  }
  return entries
}

function installedAddresses(text: string): Readonly<Record<string, unknown>> {
  try {
    const { lockfileEntries } = JSON.parse(text) as { readonly lockfileEntries?: unknown }
    // Values are compared with texts only.
    if (typeof lockfileEntries === 'object' && lockfileEntries !== null) return { ...lockfileEntries }
  } catch {
    // Half a file is none.
  }
  return {}
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, '$1')
}
