import type { ClosureRoot } from '../closure/project.ts'
import type { StepClosure } from '../closure/step-closure.ts'
import type { ModuleSummary } from '../summary/module-summary.ts'
import { closureDetail, partsOf } from './closure-detail.ts'
import { ClosureDetails } from './closure-details.ts'
import { closureKey, placeKey } from './closure-key.ts'
import { ClosureMemo } from './closure-memo.ts'
import { changedAtMs, fileStamp } from './file-stamp.ts'
import { FileTable, type FileNews } from './file-table.ts'
import { repairClosures } from './repair-closures.ts'
import { staticClosure, type KnownClosure } from './static-closure.ts'
import type { ClosureWithFiles } from './stored-closures.ts'
import { mayKeepShape, summaryChanges } from './summary-changes.ts'

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
  readonly load: (known: KnownContents) => Promise<Walk>
}

/** What a new walk need not find out again. */
export interface KnownContents {
  /** By content hash and extension; new ones are added. */
  readonly summaries: Map<string, ModuleSummary>
  /** The content hash of a file that was looked at in the same burst. */
  readonly knownHash: (file: string) => string | undefined
}

/** Within a burst, files are not looked at again. */
const BURST_MS = 100
/** Closures are asked for in bursts; the memo is written after one, not during it. */
const WRITE_AFTER_MS = 50

/** Those whose news are not on the disk yet. */
const unwritten = new Set<MemoizedWalk>()
process.once('exit', () => {
  for (const walk of unwritten) walk.write()
})

/**
 * The walk with a memo in this process and on the disk. Where only texts have changed, closures are repaired; where the
 * shape of a module has, all are made again.
 */
export class MemoizedWalk {
  readonly #options: MemoizedWalkOptions
  readonly #memo: ClosureMemo
  #closures = new Map<string, ClosureWithFiles>()
  #ports = new Map<string, readonly string[]>()
  #details = new ClosureDetails()
  #absent = new Set<string>()
  #files: FileTable | undefined
  #walk: Walk | undefined
  /** As they were before the walk was loaded. */
  #settings: FileTable | undefined
  #checking: Promise<void> | undefined
  #checkedAtMs = Number.NEGATIVE_INFINITY
  #isNew = true
  /** Content hashes as they were found in this burst, where everything else was forgotten. */
  #found: ReadonlyMap<string, string> = new Map()

  constructor(options: MemoizedWalkOptions) {
    this.#options = options
    this.#memo = new ClosureMemo(options)
  }

  /** A closure, from the memo if none of its files has changed, or if it can be repaired. */
  async closureOf(root: ClosureRoot): Promise<KnownClosure> {
    await this.#refresh()
    const key = closureKey(this.#options.projectDir, root)
    const known = this.#closures.get(key)
    if (known === undefined) return this.#walkTo(key, root, await this.#loaded())
    const details = this.#details
    return {
      ...known,
      parts: () => {
        const detail = details.get(key)
        return detail === undefined ? [] : partsOf(detail)
      },
    }
  }

  /** Names of the ports of a definition whose types are not built in. */
  async ownPorts(root: Pick<ClosureRoot, 'file' | 'at'>): Promise<readonly string[]> {
    await this.#refresh()
    const key = placeKey(this.#options.projectDir, root)
    const known = this.#ports.get(key)
    if (known !== undefined) return known
    const walk = await this.#loaded()
    const ports = walk.ownPorts(root)
    if (walk === this.#walk) {
      this.#ports.set(key, ports)
      this.#writeLater()
    }
    return ports
  }

  /** One of some files that was changed after a time, in milliseconds since 1970. */
  changedSince(files: readonly string[], ms: number): string | undefined {
    const known = this.#files?.changeTimes()
    return files.find((file) => (known?.get(file) ?? changedAtMs(fileStamp(file))) > ms)
  }

  /** Writes what is new to the disk. */
  write(): void {
    if (!unwritten.delete(this)) return
    if (this.#walk !== undefined) this.#files = this.#currentTable(this.#walk)
    const files = this.#files
    if (files === undefined) return
    this.#memo.remember({ closures: this.#closures, ports: this.#ports, details: this.#details.all, files })
  }

  /** Forgets or repairs whatever is no longer so. */
  async #refresh(): Promise<void> {
    if (performance.now() - this.#checkedAtMs < BURST_MS) return
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined
    })
    await this.#checking
  }

  async #check(): Promise<void> {
    const isNew = this.#isNew
    this.#found = new Map()
    if (isNew) this.#remember()
    this.write()
    const files = this.#files
    if (files === undefined) {
      if (this.#walk !== undefined) this.#forget()
    } else {
      const news = files.news()
      const isCurrent = news.changed.length === 0 && !news.hasAppeared
      if (!isCurrent && !(await this.#repair(files, news))) {
        this.#forget()
        files.accept(news.changed)
        this.#found = files.contents()
      }
      if (isCurrent && isNew && files.isRefreshed) {
        this.#memo.touch({ files, closures: this.#closures, ports: this.#ports })
      }
    }
    this.#checkedAtMs = performance.now()
  }

  #remember(): void {
    this.#isNew = false
    const remembered = this.#memo.remembered()
    if (remembered === undefined) return
    this.#files = remembered.files
    this.#closures = new Map(remembered.closures)
    this.#ports = new Map(remembered.ports)
    this.#details = new ClosureDetails(() => this.#memo.details())
    this.#absent = new Set(remembered.files.absent)
  }

  /** Brings what is known up to date with the contents that were found. Nothing is done if that cannot be: `false`. */
  async #repair(files: FileTable, news: FileNews): Promise<boolean> {
    if (!mayKeepShape(news, this.#options.settings)) return false
    // From now on it would make closures of earlier contents.
    this.#walk = undefined
    this.#settings = undefined
    const { summarizeFile } = await import('../summary/summarize-file.ts')
    // Sound: in the meantime somebody else may have loaded a walk, which TypeScript does not see.
    if ((this.#walk as Walk | undefined) !== undefined) return false
    const { summaries } = this.#memo
    const changes = summaryChanges(news.changed, { summaries, summarize: summarizeFile })
    if (changes === undefined) return false
    const known = { closures: this.#closures, ports: this.#ports, details: this.#details.all }
    const repaired = repairClosures(known, { projectDir: this.#options.projectDir, changes })
    files.accept(news.changed)
    this.#closures = repaired.closures
    this.#ports = repaired.ports
    this.#details = repaired.details
    this.#writeLater()
    return true
  }

  #forget(): void {
    this.#closures = new Map()
    this.#ports = new Map()
    this.#details = new ClosureDetails()
    this.#absent = new Set()
    this.#files = undefined
    this.#walk = undefined
    this.#settings = undefined
  }

  async #loaded(): Promise<Walk> {
    if (this.#walk !== undefined) return this.#walk
    // Before anything is resolved: a later change of them is then never taken for what was resolved.
    this.#settings ??= FileTable.read(this.#options.projectDir, this.#options.settings, [])
    const walk = await this.#options.load({
      summaries: this.#memo.summaries,
      knownHash: (file) => this.#found.get(file),
    })
    // Somebody else may have been faster.
    return (this.#walk ??= walk)
  }

  #walkTo(key: string, root: ClosureRoot, walk: Walk): KnownClosure {
    const made = walk.closureOf(root)
    const known = { closure: staticClosure(made), files: made.files }
    // Of another walk nothing is kept: its contents are not those that the rest is of.
    if (walk === this.#walk) {
      this.#closures.set(key, known)
      this.#details.set(key, closureDetail(made))
      for (const path of made.absent) this.#absent.add(path)
      this.#writeLater()
    }
    return { ...known, parts: () => made.parts }
  }

  #writeLater(): void {
    if (unwritten.has(this)) return
    unwritten.add(this)
    setTimeout(() => this.write(), WRITE_AFTER_MS).unref()
  }

  /** The files as the walk has read them, or nothing if one of them is another one by now. */
  #currentTable(walk: Walk): FileTable | undefined {
    const paths = new Set(Array.from(this.#closures.values(), ({ files }) => files).flat())
    for (const path of this.#options.settings) paths.add(path)
    const table = FileTable.read(this.#options.projectDir, [...paths], [...this.#absent])
    const remembered = this.#files?.contents()
    const isAsRead = Array.from(table.contents()).every(([path, content]) => {
      const known = [walk.contentHash(path), remembered?.get(path)]
      return known.every((hash) => hash === undefined || hash === content)
    })
    return isAsRead && this.#settings?.isUnchanged() === true ? table : undefined
  }
}
