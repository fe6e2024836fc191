import { hash } from 'node:crypto'
import { join } from 'node:path'

import { SUMMARY_VERSION } from '../summary/module-summary.ts'
import type { ClosureDetail } from './closure-detail.ts'
import { FileTable, type StoredFileTable } from './file-table.ts'
import { isThere } from './file-stamp.ts'
import { readMemo, writeMemo } from './memo-json.ts'
import { closuresOf, storedClosures, type ClosureWithFiles, type StoredClosures } from './stored-closures.ts'
import { detailsOf, storedDetails, type StoredDetails } from './stored-details.ts'
import { StoredSummaries } from './stored-summaries.ts'

/** What a memo is of: the same files give other closures under another entry, or other conditions. */
export interface MemoOptions {
  /** Real path. */
  readonly projectDir: string
  /** Folder of the memos; without one nothing is kept on the disk. */
  readonly dir: string | undefined
  /** What else decides: entries, conditions. */
  readonly of: readonly unknown[]
}

/** What is remembered between two processes. */
export interface Remembered {
  readonly files: FileTable
  readonly closures: ReadonlyMap<string, ClosureWithFiles>
  readonly ports: ReadonlyMap<string, readonly string[]>
}

/** What is to be remembered, with the absolute paths of all files and of places where none lies. */
export interface ToRemember extends Remembered {
  readonly details: ReadonlyMap<string, ClosureDetail>
}

interface StoredIndex extends StoredClosures {
  readonly format: string
  /** Tells which details belong to this index. */
  readonly id: string
  readonly files: StoredFileTable
}

const FORMAT = `cairn.closure/2 ${SUMMARY_VERSION}`
const ID_DIGITS = 16

/**
 * Closures on the disk, in three files: an index that a warm run reads, the details of closures that explanations and
 * repairs read, and the summaries of modules that save parsing when something has changed.
 */
export class ClosureMemo {
  /** Summaries of modules by the hash of their content and the extension. */
  readonly summaries: StoredSummaries
  readonly #projectDir: string
  readonly #base: string | undefined
  #id: string | undefined
  #paths: readonly string[] = []

  constructor({ projectDir, dir, of }: MemoOptions) {
    this.#projectDir = projectDir
    this.#base = dir === undefined ? undefined : join(dir, hash('sha256', JSON.stringify(of)).slice(0, ID_DIGITS))
    this.summaries = new StoredSummaries(this.#base === undefined ? undefined : `${this.#base}-summaries.jsonl`, FORMAT)
  }

  /** What an earlier process knew, whether or not its files are still the same. */
  remembered(): Remembered | undefined {
    if (this.#base === undefined) return undefined
    // Sound: only this class writes files of this format.
    const index = readMemo(`${this.#base}.json`, FORMAT) as StoredIndex | undefined
    // Without its details an index could not explain anything.
    if (index === undefined || !isThere(`${this.#base}-details.json`)) return undefined
    const files = FileTable.of(this.#projectDir, index.files)
    this.#id = index.id
    this.#paths = files.paths
    const closures = closuresOf(index, { projectDir: this.#projectDir, paths: files.paths })
    return { files, closures, ports: new Map(Object.entries(index.ports)) }
  }

  /** The details of the closures in the index, as far as they belong to it. */
  details(): Map<string, ClosureDetail> {
    if (this.#base === undefined || this.#id === undefined) return new Map()
    // Sound: only this class writes files of this format.
    const stored = readMemo(`${this.#base}-details.json`, FORMAT) as
      | (StoredDetails & { readonly id: string })
      | undefined
    return stored?.id === this.#id ? detailsOf(stored, this.#paths) : new Map()
  }

  /** Writes everything; the index last, so that what it points to is there. */
  remember({ details, ...known }: ToRemember): void {
    if (this.#base === undefined) return
    const { files, closures } = known
    const contents = files.contents()
    this.summaries.write(new Set(contents.values()))
    this.#paths = files.paths
    // Of the contents alone: what another process writes of the same state fits to what this one does.
    const state = [[...contents], Array.from(closures, ([key, { closure }]) => [key, closure.digest])]
    this.#id = hash('sha256', JSON.stringify(state)).slice(0, ID_DIGITS)
    writeMemo(`${this.#base}-details.json`, {
      format: FORMAT,
      id: this.#id,
      ...storedDetails(details, files.paths),
    })
    this.touch(known)
  }

  /** Writes the index alone, where only the states of files were looked at again. */
  touch({ files, closures, ports }: Remembered): void {
    if (this.#base === undefined || this.#id === undefined) return
    const at = { projectDir: this.#projectDir, paths: files.paths }
    const stored = { ...storedClosures(closures, at), ports: Object.fromEntries(ports) }
    const index: StoredIndex = { format: FORMAT, id: this.#id, files: files.stored(), ...stored }
    writeMemo(`${this.#base}.json`, index)
  }
}
