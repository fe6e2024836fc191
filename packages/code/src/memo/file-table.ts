import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { pathInProject } from './closure-key.ts'
import { changedAtMs, fileStamp, isSameStamp, isThere, type FileStamp } from './file-stamp.ts'

/**
 * A file as young as the memo may have been written again in the same tick of a coarse clock: it is read, not trusted
 * by its times. File systems count in steps of up to two seconds.
 */
const COARSEST_CLOCK_MS = 2000
const NUMBERS_PER_STAMP = 4

/** A table of files as JSON. Paths are relative to the project, so that it can be copied along with it. */
export interface StoredFileTable {
  readonly paths: readonly string[]
  /** Four numbers per file. */
  readonly stamps: readonly number[]
  readonly hashes: readonly string[]
  /** Paths where nothing must lie. */
  readonly absent: readonly string[]
  readonly readAtMs: number
}

interface KnownFile {
  readonly path: string
  stamp: FileStamp
  hash: string
}

/** A file whose content is another one. */
export interface ChangedFile {
  readonly path: string
  /** Hash of the content that it had. */
  readonly before: string
  /** Hash of the bytes below. */
  readonly after: string
  /** `undefined` where there is no file any more. */
  readonly bytes: Buffer | undefined
  /** Of before the bytes were read. */
  readonly stamp: FileStamp
}

/** What is no longer as a table says. */
export interface FileNews {
  readonly changed: readonly ChangedFile[]
  /** Whether something lies where nothing was. */
  readonly hasAppeared: boolean
}

/** Files with their states and contents at one time, and paths where there was none. */
export class FileTable {
  readonly #projectDir: string
  readonly #files: KnownFile[]
  readonly #absent: readonly string[]
  #readAtMs: number
  #newsAtMs = 0
  #isRefreshed = false
  #changeTimes: ReadonlyMap<string, number> | undefined

  private constructor(projectDir: string, files: KnownFile[], rest: { absent: readonly string[]; readAtMs: number }) {
    this.#projectDir = projectDir
    this.#files = files
    this.#absent = rest.absent
    this.#readAtMs = rest.readAtMs
  }

  /** Reads all files: their states first, so that a later change is never taken for what was read. */
  static read(projectDir: string, paths: readonly string[], absent: readonly string[]): FileTable {
    const readAtMs = Date.now()
    const files = paths.map((path) => ({ path, stamp: fileStamp(path), hash: hashOf(contentOf(path)) }))
    return new FileTable(projectDir, files, { absent, readAtMs })
  }

  /** A table that was stored before. */
  static of(projectDir: string, { paths, stamps, hashes, absent, readAtMs }: StoredFileTable): FileTable {
    const files = paths.map((path, index) => ({
      path: resolve(projectDir, path),
      stamp: stampAt(stamps, index * NUMBERS_PER_STAMP),
      hash: hashes[index] ?? '',
    }))
    return new FileTable(projectDir, files, { absent: absent.map((path) => resolve(projectDir, path)), readAtMs })
  }

  /** Absolute paths of the files. */
  get paths(): readonly string[] {
    return this.#files.map(({ path }) => path)
  }

  /** Hashes of their contents by absolute path. */
  contents(): ReadonlyMap<string, string> {
    return new Map(this.#files.map((file) => [file.path, file.hash]))
  }

  /** Absolute paths where nothing lies. */
  get absent(): readonly string[] {
    return this.#absent
  }

  /** When each file was last changed as far as this table knows, in milliseconds since 1970. */
  changeTimes(): ReadonlyMap<string, number> {
    return (this.#changeTimes ??= new Map(this.#files.map(({ path, stamp }) => [path, changedAtMs(stamp)])))
  }

  /** Whether `news` has read files whose states it can trust from now on. */
  get isRefreshed(): boolean {
    return this.#isRefreshed
  }

  /** Looks at all files. */
  news(): FileNews {
    this.#newsAtMs = Date.now()
    const changed = this.#files.flatMap((file) => this.#changeOf(file) ?? [])
    if (this.#isRefreshed) this.#readAtMs = this.#newsAtMs
    return { changed, hasAppeared: this.#absent.some(isThere) }
  }

  /** Whether every file still has the content that it had, and nothing lies where nothing was. */
  isUnchanged(): boolean {
    const { changed, hasAppeared } = this.news()
    return changed.length === 0 && !hasAppeared
  }

  /** Takes the contents of changed files, as they were found by `news`, for those that they have. */
  accept(changed: readonly ChangedFile[]): void {
    const byPath = new Map(changed.map((file) => [file.path, file]))
    for (const file of this.#files) {
      const { stamp = file.stamp, after = file.hash } = byPath.get(file.path) ?? {}
      file.stamp = stamp
      file.hash = after
    }
    this.#readAtMs = this.#newsAtMs
    this.#changeTimes = undefined
  }

  /** The table as JSON. */
  stored(): StoredFileTable {
    const inProject = (path: string): string => pathInProject(this.#projectDir, path)
    return {
      paths: this.#files.map(({ path }) => inProject(path)),
      stamps: this.#files.flatMap(({ stamp: { mtimeMs, ctimeMs, size, inode } }) => [mtimeMs, ctimeMs, size, inode]),
      hashes: this.#files.map((file) => file.hash),
      absent: this.#absent.map(inProject),
      readAtMs: this.#readAtMs,
    }
  }

  #changeOf(file: KnownFile): ChangedFile | undefined {
    const stamp = fileStamp(file.path)
    const isOld = Math.max(stamp.mtimeMs, stamp.ctimeMs) < this.#readAtMs - COARSEST_CLOCK_MS
    if (isOld && isSameStamp(stamp, file.stamp)) return undefined
    const bytes = contentOf(file.path)
    const after = hashOf(bytes)
    if (after !== file.hash) return { path: file.path, before: file.hash, after, bytes, stamp }
    file.stamp = stamp
    this.#changeTimes = undefined
    this.#isRefreshed = true
    return undefined
  }
}

function stampAt(stamps: readonly number[], at: number): FileStamp {
  const [mtimeMs = 0, ctimeMs = 0, size = -1, inode = 0] = stamps.slice(at, at + NUMBERS_PER_STAMP)
  return { mtimeMs, ctimeMs, size, inode }
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function hashOf(bytes: Buffer | undefined): string {
  return bytes === undefined ? 'absent' : hash('sha256', bytes)
}
