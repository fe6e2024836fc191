import { sep } from 'node:path'

import type { InstalledLock, LockedPackage } from './installed-lock.ts'

interface PnpmEntry {
  readonly key: string
  readonly name: string
  resolution: string
  version: string | undefined
}

/**
 * Reads `node_modules/.pnpm/lock.yaml`, in which pnpm says what it has installed: only the lines that are needed, in the
 * form in which pnpm writes them. Whatever looks different is not known.
 */
export function readPnpmLock(text: string): InstalledLock {
  const entries = readEntries(sectionOf(text, 'packages'))
  const patches = sectionOf(text, 'patchedDependencies')
  return {
    integrityOf(installed) {
      const entry = entryOf(entries, installed)
      const integrity = entry === undefined ? undefined : integrityIn(entry.resolution)
      return integrity === undefined ? undefined : [integrity, ...patchesOf(patches, installed.name)].join(' ')
    },
  }
}

/** The lines below a key at the start of a line. */
function sectionOf(text: string, name: string): readonly string[] {
  const lines = text.split(/\r?\n/)
  const start = lines.indexOf(`${name}:`)
  if (start === -1) return []
  const length = lines.slice(start + 1).findIndex((line) => /^\S/.test(line))
  return lines.slice(start + 1, length === -1 ? undefined : start + 1 + length)
}

function readEntries(lines: readonly string[]): readonly PnpmEntry[] {
  const entries: PnpmEntry[] = []
  for (const line of lines) {
    const key = keyOf(line)
    if (key !== undefined) entries.push({ key, name: nameIn(key), resolution: '', version: undefined })
    const entry = entries.at(-1)
    const [, field, value = ''] = /^ {4}(resolution|version): (.*)$/.exec(line) ?? []
    if (entry === undefined || field === undefined) continue
    if (field === 'resolution') entry.resolution = value
    else entry.version = unquoted(value)
  }
  return entries
}

/** A key of the second level: `  lodash@4.17.21:` or `  '@scope/name@1.0.0':`. */
function keyOf(line: string): string | undefined {
  const key = /^ {2}(\S.*?):(?: .*)?$/.exec(line)?.[1]
  const quoted = /^ {2}('[^']*'):/.exec(line)?.[1]
  const found = quoted ?? key
  return found === undefined ? undefined : unquoted(found)
}

/**
 * Those from a registry have their version in the key, others an address there and a field for the version. Where
 * nothing is linked (`nodeLinker: hoisted`), no folder tells which of them it is.
 */
function entryOf(entries: readonly PnpmEntry[], { dir, name, version }: LockedPackage): PnpmEntry | undefined {
  const folder = /(?:^|\/)\.pnpm\/([^/]+)\/node_modules\//.exec(dir.split(sep).join('/'))?.[1]
  const registryKey = `${name}@${version}`
  const others = entries.filter((entry) => entry.name === name && entry.version === version)
  if (folder === undefined) return onlyOne(entries.filter((entry) => entry.key === registryKey).concat(others))
  const inFolder = folder.slice(registryKey.length)
  const isFromRegistry = folder.startsWith(registryKey.replace('/', '+')) && /^(?:$|[_(])/.test(inFolder)
  if (isFromRegistry) return entries.find(({ key }) => key === registryKey)
  return onlyOne(others)
}

function onlyOne(entries: readonly PnpmEntry[]): PnpmEntry | undefined {
  return entries.length === 1 ? entries[0] : undefined
}

function integrityIn(resolution: string): string | undefined {
  const integrity = /[{ ]integrity: (sha\d+-[\w+/=]+)[,}]/.exec(resolution)?.[1]
  if (integrity !== undefined) return integrity
  const commit = /[{ ]commit: ([\da-f]{40}|[\da-f]{64})[,}]/.exec(resolution)?.[1]
  return commit === undefined ? undefined : `git ${commit}`
}

/** Hashes of all patches for a package of this name, whatever its version. */
function patchesOf(lines: readonly string[], name: string): readonly string[] {
  const hashes: string[] = []
  let isOfPackage = false
  for (const line of lines) {
    const key = keyOf(line)
    if (key !== undefined) isOfPackage = key === name || nameIn(key) === name
    const hash = /(?::|hash:) ([\da-z]{16,})$/.exec(line)?.[1]
    if (isOfPackage && hash !== undefined) hashes.push(`patch ${hash}`)
  }
  return hashes
}

function nameIn(key: string): string {
  const at = key.indexOf('@', 1)
  return at === -1 ? key : key.slice(0, at)
}

function unquoted(text: string): string {
  return /^'[^']*'$/.test(text) ? text.slice(1, -1) : text
}
