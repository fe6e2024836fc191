import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import type { ClosureRoot } from '../closure/project.ts'
import type { StepClosure } from '../closure/step-closure.ts'
import { MemoizedWalk, type Walk } from './memoized-walk.ts'

/** A project in a temporary folder whose closures are all of its files, with a count of how often they are made. */
export class MemoProject implements Disposable {
  readonly dir: string = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-memo-')))
  readonly files = ['a.ts', 'b.ts']
  walks = 0
  loads = 0

  constructor() {
    for (const file of this.files) this.write(file, `// ${file}`)
  }

  /** Writes a file, as if it had been there for an hour. */
  write(file: string, text: string, { age = 3_600_000 }: { readonly age?: number } = {}): void {
    const path = join(this.dir, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    const at = new Date(Date.now() - age)
    utimesSync(path, at, at)
  }

  /** A memo as a new process has it. */
  memo(dir: string = this.dir): MemoizedWalk {
    return new MemoizedWalk({
      projectDir: dir,
      dir: join(dir, '.cairn/closure'),
      of: ['entry.ts'],
      settings: [join(dir, 'package.json')],
      load: async () => {
        this.loads += 1
        return this.#walk(dir)
      },
    })
  }

  root(dir: string = this.dir): ClosureRoot {
    return { file: join(dir, 'a.ts'), at: 7, what: 'function' }
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }

  #walk(dir: string): Walk {
    const paths = this.files.map((file) => join(dir, file))
    const read = new Map(paths.map((path) => [path, contentOf(path)]))
    return {
      closureOf: ({ file }) => {
        this.walks += 1
        return closure({ file, paths, digest: [...read.values()].join(), absent: [join(dir, 'c.ts')] })
      },
      ownPorts: () => ['output:model'],
      contentHash: (path) => read.get(path),
    }
  }
}

function contentOf(path: string): string {
  return hash('sha256', readFileSync(path))
}

interface Made {
  readonly file: string
  readonly paths: readonly string[]
  readonly digest: string
  readonly absent: readonly string[]
}

function closure({ file, paths, digest, absent }: Made): StepClosure {
  return {
    digest: hash('sha256', digest),
    structure: '',
    rootTokens: 'one',
    root: { file, what: 'function', unit: 0, implementation: 'literal' },
    nodes: [],
    effects: [],
    parts: [{ label: 'a.ts:train', identity: 'one', kind: 'function' }],
    packages: [
      {
        dir: join(dirname(file), 'node_modules/p'),
        name: 'p',
        version: '1.0.0',
        specifiers: ['p'],
        files: ['index.js'],
      },
    ],
    environment: ['MODE'],
    outsideReads: [],
    reasons: [],
    captured: ['k'],
    notices: [],
    files: paths,
    absent,
  }
}
