import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { pnpApiFor } from '@cairnml/core/packages'

import { archiveContent } from './archive-content.ts'
import { readBerryLock } from './berry-lock.ts'
import { folderContent } from './folder-content.ts'
import type { InstalledLock, LockedPackage } from './installed-lock.ts'
import { readNpmLock } from './npm-lock.ts'
import type { StampBuilder } from './package-stamp.ts'
import { readPnpmLock } from './pnpm-lock.ts'
import { readYarnLock } from './yarn-lock.ts'

/** What is known of the content of a folder `node_modules`. */
interface NodeModules {
  readonly lock: InstalledLock | undefined
  /** When the package manager had installed all of it, in milliseconds since 1970, if it has written that down. */
  readonly installedAtMs: number | undefined
  /** Names of packages for which `patch-package` has a patch. */
  readonly patched: ReadonlySet<string>
}

/** What package managers write into `node_modules` when they are done. */
const MARKS = ['.package-lock.json', '.pnpm/lock.yaml', '.modules.yaml', '.yarn-integrity', '.yarn-state.yml']
const PATCH = /^(?:.*\+\+)?(@[^+]+\+[^+]+|[^@+][^+]*)\+\d.*\.patch$/

/**
 * Tells what the content of an installed package is: by its integrity where the package manager has written down what it
 * installed, otherwise, and where `patch-package` has changed it, by all of its files.
 */
export class PackageIntegrity {
  readonly #stamp: StampBuilder
  readonly #folders = new Map<string, NodeModules>()

  constructor(stamp: StampBuilder) {
    this.#stamp = stamp
  }

  /** Never depends on where the package lies. */
  of(installed: LockedPackage): string {
    // What Yarn keeps is not checked when it is loaded, and can be edited.
    if (pnpApiFor(installed.dir) !== undefined) return this.#contentOf(installed.dir)
    const folders = foldersAbove(installed.dir).map((dir) => this.#inFolder(dir))
    const isPatched = folders.some(({ patched }) => patched.has(installed.folderName))
    const known = isPatched ? undefined : folders.map(({ lock }) => lock?.integrityOf(installed)).find(isText)
    return known ?? this.#contentOf(installed.dir)
  }

  /**
   * The content of a package of which a file was written after it had been installed; `undefined` if none of these was.
   *
   * @param files paths in its folder
   */
  editedContent(dir: string, files: readonly string[]): string | undefined {
    if (pnpApiFor(dir) !== undefined) return undefined
    const times = foldersAbove(dir).flatMap((folder) => this.#inFolder(folder).installedAtMs ?? [])
    if (times.length === 0) return undefined
    const installedAtMs = Math.max(...times)
    const isEdited = files.some((file) => (changedAtMs(join(dir, file)) ?? 0) > installedAtMs)
    return isEdited ? folderContent(dir, this.#stamp) : undefined
  }

  #contentOf(dir: string): string {
    return archiveContent(dir, this.#stamp) ?? `content ${folderContent(dir, this.#stamp)}`
  }

  #inFolder(nodeModules: string): NodeModules {
    const known = this.#folders.get(nodeModules)
    if (known !== undefined) return known
    const root = dirname(nodeModules)
    const lock = this.#lockIn(nodeModules, root)
    const times = MARKS.flatMap((mark) => changedAtMs(join(nodeModules, mark)) ?? [])
    const installedAtMs = lock === undefined || times.length === 0 ? undefined : Math.max(...times)
    const found = { lock, installedAtMs, patched: this.#patchedBelow(root) }
    this.#folders.set(nodeModules, found)
    return found
  }

  /** Two managers that both say that they have installed it contradict each other. */
  #lockIn(nodeModules: string, root: string): InstalledLock | undefined {
    const npm = this.#read(join(nodeModules, '.package-lock.json'))
    const pnpm = this.#read(join(nodeModules, '.pnpm', 'lock.yaml'))
    const yarn = this.#read(join(nodeModules, '.yarn-integrity'))
    const berry = this.#read(join(nodeModules, '.yarn-state.yml'))
    const texts = [npm, pnpm, yarn, berry].filter(isText)
    if (texts.length !== 1) return undefined
    if (npm !== undefined) return readNpmLock(npm, root)
    if (pnpm !== undefined) return readPnpmLock(pnpm)
    const lock = this.#read(join(root, 'yarn.lock'))
    if (lock === undefined) return undefined
    if (berry !== undefined) return readBerryLock(lock, berry, root)
    return yarn === undefined ? undefined : readYarnLock(lock, yarn)
  }

  #patchedBelow(root: string): ReadonlySet<string> {
    const dir = join(root, 'patches')
    const isThere = statSync(dir, { throwIfNoEntry: false })?.isDirectory() === true
    this.#stamp.list(dir, isThere)
    const names = isThere ? readdirSync(dir) : []
    return new Set(names.map((name) => PATCH.exec(name)?.[1]?.replace('+', '/')).filter(isText))
  }

  #read(path: string): string | undefined {
    const isThere = existsSync(path)
    this.#stamp.look(path, isThere)
    return isThere ? readFileSync(path, 'utf8') : undefined
  }
}

function changedAtMs(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs
}

/** The folders called `node_modules` that a path is in, innermost first. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = []
  for (let dir = dirname(path); dirname(dir) !== dir; dir = dirname(dir)) {
    if (basename(dir) === 'node_modules') folders.push(dir)
  }
  return folders
}

function isText(value: string | undefined): value is string {
  return value !== undefined
}
