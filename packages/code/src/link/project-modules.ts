import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'

import type { ModuleSummary } from '../summary/module-summary.ts'
import { codeText, summarizeFile } from '../summary/summarize-file.ts'
import { summarizeModule } from '../summary/summarize-module.ts'

/** A file with what is known of it by itself. */
export interface ProjectModule {
  readonly file: string
  readonly summary: ModuleSummary
  /** Key of the summary: sha256 of the bytes as hex, and the extension. */
  readonly key: string
  /** The first unit that declares each name. */
  readonly unitsByName: ReadonlyMap<string, number>
}

/** sha256 as hex of the bytes of a file, if it is known without reading the file. */
export type KnownHash = (file: string) => string | undefined

/** Reads files, each once, and summarises those whose content has no summary yet. */
export class ProjectModules {
  /** By {@link ProjectModule.key}. */
  readonly summaries: Map<string, ModuleSummary>
  /** How many files were parsed. */
  parsed = 0
  readonly #modules = new Map<string, ProjectModule>()
  readonly #knownHash: KnownHash

  constructor(summaries: Map<string, ModuleSummary>, knownHash: KnownHash = () => undefined) {
    this.summaries = summaries
    this.#knownHash = knownHash
  }

  get files(): Iterable<string> {
    return this.#modules.keys()
  }

  /** A file that was loaded before. */
  known(file: string): ProjectModule | undefined {
    return this.#modules.get(file)
  }

  /** @throws what the file system throws, where the file cannot be read */
  load(file: string): ProjectModule {
    let loaded = this.#modules.get(file)
    if (loaded === undefined) {
      loaded = this.#read(file)
      this.#modules.set(file, loaded)
    }
    return loaded
  }

  /** A summary of the file in which the call at an offset is a definition whatever it looks like. */
  withDefinitionAt(file: string, definitionAt: number): ModuleSummary {
    return summarizeModule({ file, text: codeText(readFileSync(file)), definitionAt })
  }

  #read(file: string): ProjectModule {
    const { key, summary } = this.#remembered(file) ?? this.#summarized(file)
    const unitsByName = new Map<string, number>()
    summary.units.forEach((unit, index) => {
      for (const name of unit.names) if (!unitsByName.has(name)) unitsByName.set(name, index)
    })
    return { file, summary, key, unitsByName }
  }

  /** The summary of a file whose content is known, so that it need not be read. */
  #remembered(file: string): Pick<ProjectModule, 'key' | 'summary'> | undefined {
    const known = this.#knownHash(file)
    if (known === undefined) return undefined
    const key = keyOf(file, known)
    const summary = this.summaries.get(key)
    return summary && { key, summary }
  }

  #summarized(file: string): Pick<ProjectModule, 'key' | 'summary'> {
    const bytes = readFileSync(file)
    const key = keyOf(file, hash('sha256', bytes))
    let summary = this.summaries.get(key)
    if (summary === undefined) {
      summary = summarizeFile(file, bytes)
      this.parsed += 1
      this.summaries.set(key, summary)
    }
    return { key, summary }
  }
}

function keyOf(file: string, contentHash: string): string {
  return `${contentHash}${extname(file).toLowerCase()}`
}
