import { relative, sep } from 'node:path'

import type { InstalledLock } from './installed-lock.ts'

interface BerryEntry {
  version?: string
  checksum?: string
}

/**
 * Reads `yarn.lock` of Yarn 2 and newer, by `node_modules/.yarn-state.yml`, in which it says what it has installed where:
 * only the lines that are needed, in the form in which Yarn writes them. Whatever looks different is not known.
 *
 * @param state text of `node_modules/.yarn-state.yml`
 * @param root the folder that `node_modules` is in
 */
export function readBerryLock(text: string, state: string, root: string): InstalledLock {
  const entries = readEntries(text)
  const locators = readLocators(state)
  return {
    integrityOf({ dir, version }) {
      const locator = locators.get(relative(root, dir).split(sep).join('/'))
      const entry = locator === undefined ? undefined : entries.get(locator)
      return entry?.version === version && entry.checksum !== undefined ? `yarn ${entry.checksum}` : undefined
    },
  }
}

/** By what they resolve to, which no two share. */
function readEntries(text: string): ReadonlyMap<string, BerryEntry> {
  const entries = new Map<string, BerryEntry>()
  let entry: BerryEntry = {}
  for (const line of text.split(/\r?\n/)) {
    if (/^\S/.test(line)) entry = {}
    const [, field, value = ''] = /^ {2}(version|resolution|checksum): (.*)$/.exec(line) ?? []
    if (field === 'version') entry.version = unquoted(value)
    if (field === 'checksum') entry.checksum = unquoted(value)
    if (field === 'resolution') entries.set(unquoted(value), entry)
  }
  return entries
}

/** By the path of a folder, relative to the root. */
function readLocators(state: string): ReadonlyMap<string, string> {
  const locators = new Map<string, string>()
  let locator: string | undefined
  for (const line of state.split(/\r?\n/)) {
    if (/^\S/.test(line)) locator = withoutPeers(unquoted(/^(.*):$/.exec(line)?.[1] ?? ''))
    const [, path] = /^ {4}- (.*)$/.exec(line) ?? []
    if (path !== undefined && locator !== undefined) locators.set(unquoted(path), locator)
  }
  return locators
}

/** A package that has peers is installed once for each set of them: `low@virtual:<hash>#npm:1.0.0`. */
function withoutPeers(locator: string): string {
  return locator.replace(/^(.[^@]*@)virtual:[^#]*#/, '$1')
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, '$1')
}
