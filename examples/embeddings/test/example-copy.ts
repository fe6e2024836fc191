import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Sources are compiled once for all runs. */
const COMPILED = path.join(tmpdir(), 'cairn-examples-compile-cache')

const EXAMPLE = fileURLToPath(new URL('..', import.meta.url))
const CAIRN = path.join(path.dirname(createRequire(import.meta.url).resolve('cairnml/package.json')), 'bin/cairn.js')

/** What a run printed, by what became of its steps; each list has invocation ids in alphabetical order. */
interface Outcome {
  readonly printed: string
  readonly ran: readonly string[]
  readonly reused: readonly string[]
}

/** A copy of this example whose texts can be changed, without results. */
export class ExampleCopy implements AsyncDisposable {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async create(): Promise<ExampleCopy> {
    const folder = await mkdtemp(path.join(tmpdir(), 'cairn-embeddings-'))
    for (const name of ['package.json', 'cairn.yaml', 'src', 'texts']) {
      await cp(path.join(EXAMPLE, name), path.join(folder, name), { recursive: true })
    }
    await symlink(path.join(EXAMPLE, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
    return new ExampleCopy(folder)
  }

  /** Runs `cairn run embeddings` in a process of its own. */
  async run(...flags: readonly string[]): Promise<Outcome> {
    const { CAIRN_DIR: _, ...env } = process.env
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@cairnml/source', CAIRN, 'run', 'embeddings', ...flags],
      { cwd: this.#folder, env: { ...env, NODE_COMPILE_CACHE: COMPILED, NO_COLOR: '1' } },
    )
    const finished = ids(stdout, /^Step (.+) has finished in/gm)
    const reused = ids(stdout, /^Using cached version of (.+)\.$/gm)
    return { printed: stdout, ran: finished.filter((id) => !reused.includes(id)), reused }
  }

  /** Rewrites one text. */
  async edit(title: string, change: (text: string) => string): Promise<void> {
    const file = path.join(this.#folder, 'texts', `${title}.txt`)
    await writeFile(file, change(await readFile(file, 'utf8')))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true })
  }
}

/** The invocation of each line: the part in parentheses, or the name of a step that occurs once. */
function ids(printed: string, line: RegExp): readonly string[] {
  return [...printed.matchAll(line)].map(([, label = '']) => /\((.+)\)$/.exec(label)?.[1] ?? label).toSorted()
}
