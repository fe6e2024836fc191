import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import type { CodePart } from '@cairnml/core'

import type { ClosureRoot } from '../closure/project.ts'
import { loadWalk } from '../identity/project-walk.ts'
import { summarizeFile } from '../summary/summarize-file.ts'
import { MemoizedWalk } from './memoized-walk.ts'
import type { StaticClosure } from './static-closure.ts'

const CONDITIONS = ['node', 'import', 'module-sync', 'default']

/** What is known of one root, or why nothing is. */
export interface KnownOfRoot {
  readonly closure?: StaticClosure
  readonly files?: readonly string[]
  readonly parts?: readonly CodePart[]
  readonly problem?: string
}

/** A project in a temporary folder with a memo and the real walk, of which it counts how often it is used. */
export class EditedProject implements Disposable {
  readonly dir: string = realpathSync(mkdtempSync(join(tmpdir(), 'cairn edited ')))
  loads = 0
  walks = 0
  readonly #entry: string
  #texts: ReadonlyMap<string, string> = new Map()

  constructor(texts: ReadonlyMap<string, string>, entry: string) {
    this.#entry = join(this.dir, entry)
    this.write(texts)
  }

  get texts(): ReadonlyMap<string, string> {
    return this.#texts
  }

  /** Makes the files of the project those that are given. */
  write(texts: ReadonlyMap<string, string>): void {
    for (const path of this.#texts.keys()) if (!texts.has(path)) rmSync(join(this.dir, path))
    for (const [path, text] of texts) {
      if (this.#texts.get(path) === text) continue
      mkdirSync(dirname(join(this.dir, path)), { recursive: true })
      writeFileSync(join(this.dir, path), text)
    }
    this.#texts = new Map(texts)
  }

  /** Replaces some text of a file. */
  edit(path: string, from: string | RegExp, to: string): void {
    const text = this.#texts.get(path) ?? ''
    const edited = text.replace(from, to)
    if (edited === text) throw new Error(`there is nothing to edit in ${path}`)
    this.write(new Map(this.#texts).set(path, edited))
  }

  /** A memo as a new process has it. */
  memo(): MemoizedWalk {
    return this.#walk(join(this.dir, '.cairn/closure'))
  }

  /** The walk with nothing behind it. */
  cold(): MemoizedWalk {
    return this.#walk(undefined)
  }

  /** The files of the memo whose names end in this. */
  memoFiles(ending: string): readonly string[] {
    const folder = join(this.dir, '.cairn/closure')
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => join(folder, name))
  }

  /** Functions and types of all definitions. */
  roots(): readonly ClosureRoot[] {
    return this.#rootsOf((file, { definitions }) =>
      definitions.flatMap(({ at, ports }) =>
        ['function', ...ports.map(({ port }) => port)].map((what) => ({ file, at, what })),
      ),
    )
  }

  /** All top-level declarations. */
  units(): readonly ClosureRoot[] {
    return this.#rootsOf((file, { units }) => units.map(({ range: [at] }) => ({ file, at, what: 'unit' })))
  }

  #rootsOf(
    roots: (file: string, summary: ReturnType<typeof summarizeFile>) => readonly ClosureRoot[],
  ): readonly ClosureRoot[] {
    const files = Array.from(this.#texts.keys(), (path) => join(this.dir, path)).filter((path) => /\.[jt]s$/.test(path))
    return files.flatMap((file) => roots(file, summarizeFile(file, readFileSync(file))))
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }

  #walk(dir: string | undefined): MemoizedWalk {
    return new MemoizedWalk({
      projectDir: this.dir,
      dir,
      of: ['entry'],
      settings: [join(this.dir, 'package.json'), join(this.dir, 'tsconfig.json')],
      load: async (known) => {
        const entries = [this.#entry]
        const walk = await loadWalk({ projectDir: this.dir, entries, conditions: CONDITIONS }, known)
        if (dir === undefined) return walk
        this.loads += 1
        return {
          ...walk,
          closureOf: (root) => {
            this.walks += 1
            return walk.closureOf(root)
          },
        }
      },
    })
  }
}

/** All that a memo knows of some roots. */
export async function knownOf(memo: MemoizedWalk, roots: readonly ClosureRoot[]): Promise<readonly KnownOfRoot[]> {
  const known: KnownOfRoot[] = []
  for (const root of roots) known.push(await knownOfRoot(memo, root))
  return known
}

async function knownOfRoot(memo: MemoizedWalk, root: ClosureRoot): Promise<KnownOfRoot> {
  try {
    const { closure, files, parts } = await memo.closureOf(root)
    // Manifests that decided are those of all that was asked before.
    return { closure, files: files.filter((file) => !file.endsWith('package.json')), parts: parts() }
  } catch (error) {
    return { problem: String(error) }
  }
}
