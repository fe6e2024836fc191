import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { StepCode } from '@cairnml/core'

/** Text by path. */
export type ProjectFiles = Readonly<Record<string, string>>

/** What a process found out about its steps, by name. */
export type FoundSteps = Readonly<Record<string, StepCode>>

/** A project in a temporary folder whose processes identify their own steps, with a memo beside it. */
export class IdentityProject implements Disposable {
  readonly dir: string = realpathSync(mkdtempSync(join(tmpdir(), 'cairn identity ')))

  constructor(files: ProjectFiles) {
    this.write({ 'package.json': '{ "name": "project", "type": "module" }', ...CAIRN, ...files })
  }

  /** Writes files as if they had been there for an hour: a process refuses what is younger than itself. */
  write(files: ProjectFiles): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.dir, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
      const hourAgo = new Date(Date.now() - 3_600_000)
      utimesSync(file, hourAgo, hourAgo)
    }
  }

  /** A copy of the whole project, in another folder. */
  copy(): IdentityProject {
    const copy = new IdentityProject({})
    cpSync(this.dir, copy.dir, { recursive: true, preserveTimestamps: true })
    return copy
  }

  /** Runs a file in a new process; it identifies its steps when it has nothing else to do. */
  steps(file = 'main.ts', ...flags: readonly string[]): FoundSteps {
    const args = ['--conditions=@cairnml/source', '--no-warnings', ...flags, join(this.dir, file)]
    const output = execFileSync(process.execPath, args, { cwd: this.dir, encoding: 'utf8' })
    const line = output.split('\n').findLast((text) => text.startsWith('{')) ?? '{}'
    // Sound: the installed cairnml of this project prints nothing else.
    return JSON.parse(line) as FoundSteps
  }

  /** The digest of the code of one step, as it would count for its key. */
  digest(name: string, file?: string): string {
    const code = this.steps(file)[name]
    if (code?.known !== true) throw new Error(`${name} is not known: ${code?.reason} (${code?.at})`)
    const { digest, ports, captured, packages } = code
    return JSON.stringify([
      digest,
      ports.map((port) => port.digest),
      captured,
      packages.map(({ identity }) => identity),
    ])
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}

const IDENTITY = pathToFileURL(join(import.meta.dirname, 'step-code-identity.ts')).href

const CAIRN: ProjectFiles = {
  'node_modules/cairnml/package.json':
    '{ "name": "cairnml", "version": "1.0.0", "type": "module", "main": "index.js" }',
  'node_modules/cairnml/index.js': `
export const defined = []
function frames(below) {
  const holder = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 4
  Error.captureStackTrace(holder, below)
  Error.stackTraceLimit = limit
  return holder.stack.slice(holder.stack.indexOf('\\n') + 1)
}
export function step(declaration) {
  const site = { stack: frames(step), repeated: false }
  const { name, inputs = {}, output, outputs = output === undefined ? {} : { output } } = declaration
  const implement = (run) => {
    const copy = () => Object.assign(() => undefined, { with: copy, entrypoint: run })
    defined.push({ name, site, run, ports: { inputs, outputs, form: 'named' } })
    return copy()
  }
  return { implement }
}
export const pipeline = (declaration) => ({ declaration, run: async () => undefined })
export const matrix = { kind: 'materializer', name: 'matrix', version: 1 }
process.once('beforeExit', async () => {
  const { createCodeIdentity } = await import(${JSON.stringify(IDENTITY)})
  const identity = createCodeIdentity({ projectDir: process.cwd(), memoDir: '.cairn/closure', startedAtMs: Infinity })
  const codes = {}
  for (const step of defined) codes[step.name] = await identity.identify(step)
  console.log(JSON.stringify(codes))
})
`,
}
