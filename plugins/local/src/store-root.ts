import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { cairnError, LAYOUT_VERSION } from '@cairnml/core'

import { errorCode, isMissing } from './store-fault.ts'
import { sweepTemporaryFiles, temporaryName } from './temporary-files.ts'

/** Where an artifact store lies. */
export interface StoreLocation {
  /** The instance, as named in the stack. */
  readonly name: string
  /** The folder of the store, absolute. */
  readonly path: string
  /** The project's folder for local state; it gets a `.gitignore` if the store makes it. */
  readonly cairnDir?: string | undefined
}

/** Name of the mark of the layout; it is an object like any other. */
const LAYOUT_MARK = 'cairn-store.json'

/** The folder of a store: its layout, its temporary files. Nothing is made before something is written. */
export class StoreRoot {
  /** Absolute. */
  readonly path: string
  readonly #location: StoreLocation
  /** For files on their way. No key can hold the character `@`, so no object lies here. */
  readonly #temporaryFolder: string
  #layout: 'unread' | 'absent' | 'known' = 'unread'
  #isPrepared = false

  constructor(location: StoreLocation) {
    this.#location = location
    this.path = path.resolve(location.path)
    this.#temporaryFolder = path.join(this.path, '@tmp')
  }

  /** @throws CAIRN_STORE_LAYOUT if the store was written by a Cairn that this one does not know */
  checkLayout(): void {
    if (this.#layout !== 'unread') return
    const text = readMark(this.objectPath(LAYOUT_MARK))
    if (text !== undefined) this.#assertKnown(text)
    this.#layout = text === undefined ? 'absent' : 'known'
  }

  /** Makes the folders and marks the layout, where that was not done yet. */
  prepare({ again = false }: { readonly again?: boolean } = {}): void {
    if (this.#isPrepared && !again) return
    const { cairnDir } = this.#location
    const first = mkdirSync(this.#temporaryFolder, { recursive: true })
    if (cairnDir !== undefined && first !== undefined && isWithin(cairnDir, first) && isWithin(this.path, cairnDir)) {
      writeIfAbsent(path.join(cairnDir, '.gitignore'), '*\n')
    }
    if (this.#layout !== 'known' || again) this.#markLayout()
    // In the background: what is left behind disturbs nobody.
    if (!this.#isPrepared) void sweepTemporaryFiles(this.#temporaryFolder).catch(() => {})
    this.#isPrepared = true
  }

  /** Where an object with a key that was checked lies. */
  objectPath(key: string): string {
    return path.join(this.path, key)
  }

  /** The path of a new temporary file. */
  temporaryPath(): string {
    return path.join(this.#temporaryFolder, temporaryName())
  }

  /** The path of a lock; equal names give equal locks. */
  lockPath(name: string): string {
    return path.join(this.#temporaryFolder, `lock-${name}`)
  }

  #markLayout(): void {
    const mark = this.objectPath(LAYOUT_MARK)
    const temporary = this.temporaryPath()
    writeFileSync(temporary, `${JSON.stringify({ layout: LAYOUT_VERSION })}\n`, { flush: true })
    try {
      linkSync(temporary, mark)
    } catch (error) {
      // Without hard links; the content is that of every other writer of this version.
      if (errorCode(error) !== 'EEXIST') writeIfAbsent(mark, readFileSync(temporary, 'utf8'))
    } finally {
      rmSync(temporary, { force: true })
    }
    this.#layout = 'unread'
    this.checkLayout()
  }

  #assertKnown(text: string): void {
    const found = layoutOf(text)
    if (found === LAYOUT_VERSION) return
    const store = `${this.#location.name} (${this.path})`
    throw cairnError('CAIRN_STORE_LAYOUT', { store, found: String(found), known: LAYOUT_VERSION })
  }
}

function readMark(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function layoutOf(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && 'layout' in json ? json.layout : 'none'
  } catch {
    return 'none, its mark is not JSON'
  }
}

function writeIfAbsent(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner)
  return !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..'
}
