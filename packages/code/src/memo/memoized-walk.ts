import { relative, sep } from 'node:path'

import type { CodePart } from '@cairnml/core'

import type { ClosureRoot } from '../closure/project.ts'
import type { StepClosure } from '../closure/step-closure.ts'
import type { ModuleSummary } from '../summary/module-summary.ts'
import { ClosureMemo } from './closure-memo.ts'
import { changedAtMs, fileStamp } from './file-stamp.ts'
import { FileTable } from './file-table.ts'
import { staticClosure, type KnownClosure } from './static-closure.ts'
import type { ClosureWithFiles } from './stored-closures.ts'

/** What the memo needs of the walk through the code of a project. */
export interface Walk {
  closureOf(root: ClosureRoot): StepClosure
  ownPorts(root: Pick<ClosureRoot, 'file' | 'at'>): readonly string[]
  /** sha256 as hex of the bytes that were read, or `undefined` for a file that was not read. */
  contentHash(file: string): string | undefined
}

/** Options of {@link MemoizedWalk}. */
export interface MemoizedWalkOptions {
  /** Real path. */
  readonly projectDir: string
  /** Folder of the memos on the disk. */
  readonly dir: string | undefined
  /** What else decides over closures: entries, conditions. */
  readonly of: readonly unknown[]
  /** Files that decide how imports are resolved, absolute, whether or not they exist. */
  readonly settings: readonly string[]
  /** Loads the walk, with a parser and a resolver: only called when the memo has no answer. */
  readonly load: (summaries: Map<string, ModuleSummary>) => Promise<Walk>
}

/** Within a burst, files are not looked at again. */
const BURST_MS = 100
/** Closures are asked for in bursts; the memo is written after one, not during it. */
const WRITE_AFTER_MS = 50

const SHA256_DIGITS = 64
/** Those whose news are not on the disk yet. */
const unwritten = new Set<MemoizedWalk>()
process.once('exit', () => {
  for (const walk of unwritten) walk.write()
})

/** The walk with a memo in this process and on the disk. */
export class MemoizedWalk {
  readonly #options: MemoizedWalkOptions
  readonly #memo: ClosureMemo
  #closures = new Map<string, ClosureWithFiles>()
  #ports = new Map<string, readonly string[]>()
  /** Only of closures that this process has made. */
  #parts = new Map<string, readonly CodePart[]>()
  #absent = new Set<string>()
  #files: FileTable | undefined
  #walk: Walk | undefined
  #summaries: Map<string, ModuleSummary> | undefined
  #checkedAtMs = Number.NEGATIVE_INFINITY
  #settings: FileTable | undefined
  #isNew = true

  constructor(options: MemoizedWalkOptions) {
    this.#options = options
    this.#memo = new ClosureMemo(options)
  }

  /** A closure, from the memo if none of its files has changed. */
  async closureOf(root: ClosureRoot): Promise<KnownClosure> {
    this.#refresh()
    const key = `${root.what} ${this.#placeOf(root)}`
    const known = this.#closures.get(key) ?? this.#walkTo(key, root, await this.#loaded())
    return { ...known, parts: () => this.#partsOf(key) }
  }

  /** Names of the ports of a definition whose types are not built in. */
  async ownPorts(root: Pick<ClosureRoot, 'file' | 'at'>): Promise<readonly string[]> {
    this.#refresh()
    const key = this.#placeOf(root)
    const known = this.#ports.get(key)
    if (known !== undefined) return known
    const ports = (await this.#loaded()).ownPorts(root)
    this.#ports.set(key, ports)
    this.#writeLater()
    return ports
  }

  /** One of some files that was changed after a time, in milliseconds since 1970. */
  changedSince(files: readonly string[], ms: number): string | undefined {
    const known = this.#files?.changeTimes()
    return files.find((file) => (known?.get(file) ?? changedAtMs(fileStamp(file))) > ms)
  }

  /** Writes what is new to the disk. */
  write(): void {
    if (!unwritten.delete(this) || this.#walk === undefined) return
    this.#files = this.#currentTable(this.#walk)
    const files = this.#files
    if (files === undefined) return
    const parts = new Map([...this.#memo.parts(), ...this.#parts])
    const hashes = new Set(files.hashes)
    const summaries = new Map(
      Array.from(this.#summaries ?? []).filter(([key]) => hashes.has(key.slice(0, SHA256_DIGITS))),
    )
    this.#memo.remember({ closures: this.#closures, ports: this.#ports, parts, summaries, files })
  }

  /** Forgets whatever is no longer so. */
  #refresh(): void {
    if (performance.now() - this.#checkedAtMs < BURST_MS) return
    if (this.#isNew) this.#remember()
    this.write()
    const isCurrent = this.#files === undefined ? this.#walk === undefined : this.#files.isUnchanged()
    if (!isCurrent) this.#forget()
    this.#checkedAtMs = performance.now()
  }

  #remember(): void {
    this.#isNew = false
    const remembered = this.#memo.remembered()
    if (remembered === undefined || !remembered.files.isUnchanged()) return
    this.#files = remembered.files
    this.#closures = remembered.closures
    this.#ports = remembered.ports
    this.#absent = new Set(remembered.files.absent)
    if (remembered.files.isRefreshed) this.#memo.touch(remembered)
  }

  #forget(): void {
    this.#closures = new Map()
    this.#ports = new Map()
    this.#parts = new Map()
    this.#absent = new Set()
    this.#files = undefined
    this.#walk = undefined
    this.#settings = undefined
  }

  async #loaded(): Promise<Walk> {
    if (this.#walk !== undefined) return this.#walk
    this.#summaries ??= this.#memo.summaries()
    // Before anything is resolved: a later change of them is then never taken for what was resolved.
    this.#settings ??= FileTable.read(this.#options.projectDir, this.#options.settings, [])
    const walk = await this.#options.load(this.#summaries)
    // Somebody else may have been faster.
    return (this.#walk ??= walk)
  }

  #walkTo(key: string, root: ClosureRoot, walk: Walk): ClosureWithFiles {
    const made = walk.closureOf(root)
    const known = { closure: staticClosure(made), files: made.files }
    this.#closures.set(key, known)
    this.#parts.set(key, made.parts)
    for (const path of made.absent) this.#absent.add(path)
    this.#writeLater()
    return known
  }

  #writeLater(): void {
    if (unwritten.has(this)) return
    unwritten.add(this)
    setTimeout(() => this.write(), WRITE_AFTER_MS).unref()
  }

  #partsOf(key: string): readonly CodePart[] {
    const known = this.#parts.get(key)
    if (known !== undefined) return known
    this.#parts = new Map([...this.#memo.parts(), ...this.#parts])
    return this.#parts.get(key) ?? []
  }

  /** The files as the walk has read them, or nothing if one of them is another one by now. */
  #currentTable(walk: Walk): FileTable | undefined {
    const paths = new Set(Array.from(this.#closures.values(), ({ files }) => files).flat())
    for (const path of this.#options.settings) paths.add(path)
    const table = FileTable.read(this.#options.projectDir, [...paths], [...this.#absent])
    const isAsRead = table.paths.every((path, index) => {
      const read = walk.contentHash(path)
      return read === undefined || read === table.hashes[index]
    })
    return isAsRead && this.#settings?.isUnchanged() === true ? table : undefined
  }

  #placeOf({ file, at }: Pick<ClosureRoot, 'file' | 'at'>): string {
    return `${at} ${relative(this.#options.projectDir, file).split(sep).join('/')}`
  }
}
