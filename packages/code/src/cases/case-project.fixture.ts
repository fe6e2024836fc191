import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { Project } from '../closure/project.ts'
import type { StepClosure } from '../closure/step-closure.ts'
import type { CaseFiles, EditCase } from './edit-case.ts'

/** The project of a case in a temporary folder, with an installed `cairnml` that can be run. */
export class CaseProject implements Disposable {
  readonly dir: string
  readonly #case: EditCase

  constructor(one: EditCase) {
    this.dir = realpathSync(mkdtempSync(join(tmpdir(), 'cairn case ')))
    this.#case = one
    this.write({ 'package.json': '{ "name": "project", "type": "module" }', ...CAIRN, ...one.files })
    for (const [path, target] of Object.entries(one.links ?? {})) {
      symlinkSync(join(this.dir, target), join(this.dir, path), 'junction')
    }
  }

  write(files: CaseFiles): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.dir, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  }

  /** The closure of the step, as a new process would find it. */
  closure(): StepClosure {
    const { file = 'pipeline.ts', entry = file, what = 'function' } = this.#case
    const path = join(this.dir, file)
    const project = new Project({ projectDir: this.dir, entries: [join(this.dir, entry)], conditions: CONDITIONS })
    return project.closureOf({ file: path, at: this.#calleeOffset(path), what })
  }

  #calleeOffset(path: string): number {
    const text = readFileSync(path, 'utf8')
    const { callee } = this.#case
    const at = callee === undefined ? text.search(/(?<=[\s.=(])[\w$]+\(\s*\{ name: 'a'/) : text.indexOf(callee)
    if (at === -1) throw new Error(`the case has no step a: ${this.#case.name}`)
    return at
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}

const CONDITIONS = ['node', 'import', 'module-sync', 'node-addons', 'default']

const CAIRN: CaseFiles = {
  'node_modules/cairnml/package.json':
    '{ "name": "cairnml", "version": "1.0.0", "type": "module", "main": "index.js" }',
  'node_modules/cairnml/index.js': `
const callable = (of) => Object.assign(() => of, of, { with: () => callable(of) })
const context = { run: { name: 'r' }, signal: AbortSignal.timeout(1e9), secret: () => '', metric() {}, progress() {} }
export const step = (declaration) => ({
  implement: (run) => callable({ declaration, entrypoint: async (args = {}) => run(args, context) }),
})
export const pipeline = (declaration) => callable({ declaration, run: async () => ({ status: 'completed' }) })
export const slot = (shape) => shape
export const list = (of) => ({ kind: 'list', of })
export const optional = (of) => ({ kind: 'optional', of })
export const matrix = { name: 'matrix', version: 1 }
export const external = (type, value) => ({ type, value })
`,
}
