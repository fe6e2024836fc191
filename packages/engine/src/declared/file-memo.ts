import { readFileSync, statSync, type BigIntStats } from 'node:fs'
import nodePath from 'node:path'

import { contentOfFile } from '@cairnml/core'
import { writeWholeSync } from '@cairnml/core/files'

import { ProcessEvent } from '../process/process-event.ts'
import type { ProjectDirs } from '../project/project-dirs.ts'

/** File systems may tell no finer times than this: a file that was changed twice within it may look as if once. */
const COARSE_NS = 2_000_000_000n
const NS_PER_MS = 1_000_000n
const SAVE_AFTER_MS = 200
const ATTEMPTS = 3
const MOST_FILES = 100_000

type Remembered = readonly [stat: string, digest: string]
interface Stored {
  readonly version: 1
  readonly files: { readonly [file: string]: Remembered }
}

/**
 * Digests of files, remembered by time of change, size and inode, in `.cairn/closure/files.json`. A file that was as new
 * as its digest is hashed again: it may have changed since without looking so.
 */
export class FileMemo implements Disposable {
  readonly #dirs: ProjectDirs
  readonly #place: string
  readonly #exit: Disposable
  #known: Map<string, Remembered> | undefined
  #isDirty = false
  #timer: NodeJS.Timeout | undefined

  constructor(dirs: ProjectDirs) {
    this.#dirs = dirs
    this.#place = nodePath.join(dirs.cairnDir, 'closure', 'files.json')
    this.#exit = exit.subscribe(() => this.save())
  }

  /** sha256 of a file's content, as hex. Faults of the file system come as they are. */
  async digestOf(file: string): Promise<string> {
    this.#known ??= this.#load()
    const name = this.#nameOf(file)
    const before = statSync(file, { bigint: true })
    const remembered = this.#known.get(name)
    if (remembered !== undefined && remembered[0] === signature(before)) return remembered[1]
    for (let attempt = 1; ; attempt++) {
      const stat = statSync(file, { bigint: true })
      const hashedAtNs = BigInt(Date.now()) * NS_PER_MS
      const { digest } = await contentOfFile(file)
      const isSteady = signature(statSync(file, { bigint: true })) === signature(stat)
      if (!isSteady && attempt < ATTEMPTS) continue
      if (isSteady && hashedAtNs - newest(stat) > COARSE_NS) this.#remember(name, [signature(stat), digest])
      return digest
    }
  }

  /** Writes what is new, whole or not at all. Without a folder for local state nothing is written. */
  save(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#isDirty || this.#known === undefined) return
    this.#isDirty = false
    const text = JSON.stringify({ version: 1, files: Object.fromEntries(this.#known) } satisfies Stored)
    try {
      statSync(this.#dirs.cairnDir)
      writeWholeSync(this.#place, text)
    } catch {
      // Without the memo, files are hashed again; that is no reason to end a run.
    }
  }

  [Symbol.dispose](): void {
    this.save()
    this.#exit[Symbol.dispose]()
  }

  #remember(name: string, remembered: Remembered): void {
    const known = (this.#known ??= new Map())
    known.delete(name)
    known.set(name, remembered)
    const [oldest] = known.keys()
    if (known.size > MOST_FILES && oldest !== undefined) known.delete(oldest)
    this.#isDirty = true
    this.#timer ??= setTimeout(() => this.save(), SAVE_AFTER_MS).unref()
  }

  #load(): Map<string, Remembered> {
    try {
      const stored = JSON.parse(readFileSync(this.#place, 'utf8')) as Partial<Stored> | null
      return new Map(stored?.version === 1 ? Object.entries(stored.files ?? {}).filter(isRemembered) : [])
    } catch {
      return new Map()
    }
  }

  /** Relative inside the project, which may be moved. */
  #nameOf(file: string): string {
    const relative = nodePath.relative(this.#dirs.projectDir, file)
    return relative.startsWith('..') ? file : relative
  }
}

const exit = new ProcessEvent('exit')

function signature({ mtimeNs, ctimeNs, size, ino }: BigIntStats): string {
  return `${mtimeNs} ${ctimeNs} ${size} ${ino}`
}

function newest({ mtimeNs, ctimeNs }: BigIntStats): bigint {
  return mtimeNs > ctimeNs ? mtimeNs : ctimeNs
}

function isRemembered([, remembered]: readonly [string, unknown]): boolean {
  return Array.isArray(remembered) && remembered.length === 2 && remembered.every((part) => typeof part === 'string')
}
