import { hash } from 'node:crypto'
import { join } from 'node:path'

import type { CodePart } from '@cairnml/core'

import { SUMMARY_VERSION, type ModuleSummary } from '../summary/module-summary.ts'
import { FileTable, type StoredFileTable } from './file-table.ts'
import { isThere } from './file-stamp.ts'
import { readMemo, writeMemo } from './memo-json.ts'
import {
  closuresOf,
  partsOf,
  storedClosures,
  storedParts,
  type ClosureWithFiles,
  type StoredClosures,
  type StoredParts,
} from './stored-closures.ts'

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
  readonly closures: Map<string, ClosureWithFiles>
  readonly ports: Map<string, readonly string[]>
}

/** What is to be remembered, with the absolute paths of all files and of places where none lies. */
export interface ToRemember {
  readonly closures: ReadonlyMap<string, ClosureWithFiles>
  readonly ports: ReadonlyMap<string, readonly string[]>
  readonly parts: ReadonlyMap<string, readonly CodePart[]>
  readonly summaries: ReadonlyMap<string, ModuleSummary>
  readonly files: FileTable
}

interface StoredIndex extends StoredClosures {
  readonly format: string
  /** Tells which parts belong to this index. */
  readonly id: string
  readonly files: StoredFileTable
}

const FORMAT = `cairn.closure/1 ${SUMMARY_VERSION}`

/**
 * Closures on the disk, in three files: an index that a warm run reads, the pieces of code that only explanations read,
 * and the summaries of modules that save parsing when something has changed.
 */
export class ClosureMemo {
  readonly #projectDir: string
  readonly #base: string | undefined
  #id: string | undefined

  constructor({ projectDir, dir, of }: MemoOptions) {
    this.#projectDir = projectDir
    this.#base = dir === undefined ? undefined : join(dir, hash('sha256', JSON.stringify(of)).slice(0, 16))
  }

  /** What an earlier process knew, whether or not its files are still the same. */
  remembered(): Remembered | undefined {
    if (this.#base === undefined) return undefined
    // Sound: only this class writes files of this format.
    const index = readMemo(`${this.#base}.json`, FORMAT) as StoredIndex | undefined
    // Without its pieces of code an index could not explain anything.
    if (index === undefined || !isThere(`${this.#base}-parts.json`)) return undefined
    this.#id = index.id
    const files = FileTable.of(this.#projectDir, index.files)
    const closures = closuresOf(index, { projectDir: this.#projectDir, paths: files.paths })
    return { files, closures, ports: new Map(Object.entries(index.ports)) }
  }

  /** The pieces of code of the closures in the index. */
  parts(): Map<string, readonly CodePart[]> {
    const stored = this.#read('parts') as (StoredParts & { readonly id: string }) | undefined
    return stored?.id === this.#id && stored !== undefined ? partsOf(stored) : new Map()
  }

  /** Summaries of modules by the hash of their content. */
  summaries(): Map<string, ModuleSummary> {
    const stored = this.#read('summaries') as
      | { readonly summaries: Readonly<Record<string, ModuleSummary>> }
      | undefined
    return new Map(Object.entries(stored?.summaries ?? {}))
  }

  /** Writes everything; the index last, so that what it points to is there. */
  remember({ closures, ports, parts, summaries, files }: ToRemember): void {
    if (this.#base === undefined) return
    const id = hash('sha256', `${process.pid} ${Date.now()} ${Math.random()}`).slice(0, 16)
    const at = { projectDir: this.#projectDir, paths: files.paths }
    writeMemo(`${this.#base}-summaries.json`, { format: FORMAT, summaries: Object.fromEntries(summaries) })
    writeMemo(`${this.#base}-parts.json`, { format: FORMAT, id, ...storedParts(parts) })
    const index: StoredIndex = {
      format: FORMAT,
      id,
      files: files.stored(),
      ...storedClosures(closures, at),
      ports: Object.fromEntries(ports),
    }
    writeMemo(`${this.#base}.json`, index)
    this.#id = id
  }

  /** Writes the index alone, where only the states of files were looked at again. */
  touch({ files, closures, ports }: Remembered): void {
    if (this.#base === undefined || this.#id === undefined) return
    const at = { projectDir: this.#projectDir, paths: files.paths }
    const stored = { ...storedClosures(closures, at), ports: Object.fromEntries(ports) }
    const index: StoredIndex = { format: FORMAT, id: this.#id, files: files.stored(), ...stored }
    writeMemo(`${this.#base}.json`, index)
  }

  #read(what: string): unknown {
    return this.#base === undefined ? undefined : readMemo(`${this.#base}-${what}.json`, FORMAT)
  }
}
