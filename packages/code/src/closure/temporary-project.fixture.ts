import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { StepCode, StepSource } from '@cairnml/core'

import { createFileClosureIdentity, type FileClosureOptions } from './file-closure-identity.ts'

/** Text of each file, by path relative to the project. */
export type ProjectFiles = Readonly<Record<string, string>>

/** A project in a temporary folder, with an installed `cairnml` that prints where steps are defined. */
export class TemporaryProject implements Disposable {
  readonly dir: string

  constructor(files: ProjectFiles) {
    this.dir = realpathSync(mkdtempSync(join(tmpdir(), 'cairn code ')))
    this.write({ 'package.json': '{ "name": "project", "type": "module" }', ...CAIRN, ...files })
  }

  write(files: ProjectFiles): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.dir, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  }

  /** The code of the step that the first `step(` of a file defines, as a new process would find it. */
  async identify(
    file = 'steps.ts',
    text: string = STEPS,
    options: Partial<FileClosureOptions> = {},
  ): Promise<StepCode> {
    return identifyWith(this.dir, sourceOf('train', siteOf(join(this.dir, file), text)), options)
  }

  /** The steps that a module defines when Node runs it, in order of definition. */
  run(file: string, ...flags: readonly string[]): readonly StepSource[] {
    const output = execFileSync(process.execPath, [...flags, join(this.dir, file)], { encoding: 'utf8' })
    const lines = output.split('\n').filter((line) => line.startsWith('{'))
    // Sound: the installed cairnml of this project prints nothing else.
    const found = lines.map((line) => JSON.parse(line) as Pick<StepSource, 'name' | 'site'>)
    return found.map(({ name, site }) => sourceOf(name, site))
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}

/** Asks a new identity, for which no file changed while it ran unless the options say when it started. */
export function identifyWith(
  projectDir: string,
  source: StepSource,
  options: Partial<FileClosureOptions> = {},
): Promise<StepCode> {
  return createFileClosureIdentity({ projectDir, startedAtMs: Infinity, ...options }).identify(source)
}

/** A step of which only the place is known. */
export function sourceOf(name: string, site: StepSource['site']): StepSource {
  return { name, site, run: () => undefined, ports: { inputs: {}, outputs: {}, form: 'none' } }
}

/** The digest of a known code. */
export function digestOf(code: StepCode): string {
  if (!code.known) throw new Error(`the code is not known: ${code.reason} (${code.at ?? 'nowhere'})`)
  return code.digest
}

/** A file that defines one step, which calls `work` of another file. */
export const STEPS = `import { step } from 'cairnml'
import { work } from './work.ts'

export const train = step({ name: 'train' }).implement(() => work())
`

/** The site of the first `step(` in a text, as if its file had that text. */
export function siteOf(file: string, text: string, occurrence = 0): StepSource['site'] {
  const offset = Array.from(text.matchAll(/\bstep\s*(?:<[^(]*>)?\(/g))[occurrence]?.index ?? 0
  const lines = text.slice(0, offset).split('\n')
  const column = (lines.at(-1)?.length ?? 0) + 1
  return { stack: `    at ${pathToFileURL(file).href}:${lines.length}:${column}`, repeated: false }
}

const STEP = `
const seen = new Set()
function step({ name }) {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 4
  const holder = {}
  Error.captureStackTrace(holder, step)
  Error.stackTraceLimit = limit
  const stack = holder.stack.slice(holder.stack.indexOf('\\n') + 1)
  const place = stack.split('\\n', 1)[0]
  console.log(JSON.stringify({ name, site: { stack, repeated: seen.has(place) } }))
  seen.add(place)
  return { implement: (run) => run }
}
`

const CAIRN: ProjectFiles = {
  'node_modules/cairnml/package.json': '{ "name": "cairnml", "version": "1.0.0", "main": "index.cjs" }',
  'node_modules/cairnml/index.cjs': `${STEP}exports.step = step`,
}
