import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What was found for one step. */
export interface FoundStep {
  readonly name: string
  /** Path relative to the project with the query, or the reason. */
  readonly at: string
  /** The text at the offset that was found. */
  readonly text: string
  readonly line: number
}

/** A project in a temporary folder whose `./step.mjs` finds the calls of `step()` in the process that runs them. */
export class RecordedProject implements Disposable {
  readonly dir: string = realpathSync(mkdtempSync(join(tmpdir(), 'cairn site ')))

  constructor(files: Readonly<Record<string, string>>) {
    this.write({ 'package.json': '{ "type": "module" }', 'step.mjs': RECORDER, ...files })
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.dir, path)), { recursive: true })
      writeFileSync(join(this.dir, path), text)
    }
  }

  /** Runs a file and gives what was found for each step, in order of definition. */
  run(file: string, ...flags: readonly string[]): readonly FoundStep[] {
    const args = ['--no-warnings', ...flags, join(this.dir, file)]
    const output = execFileSync(process.execPath, args, { encoding: 'utf8', cwd: this.dir })
    const lines = output.split('\n').filter((line) => line.startsWith('{'))
    // Sound: the recorder prints nothing else.
    return lines.map((line) => JSON.parse(line) as FoundStep)
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}

const FIND_CALL = pathToFileURL(join(import.meta.dirname, 'find-call.ts')).href

const RECORDER = `
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { findCall } from ${JSON.stringify(FIND_CALL)}

function stackOf() {
  const holder = {}
  Error.captureStackTrace(holder, step)
  return holder.stack.slice(holder.stack.indexOf('\\n') + 1)
}

function rawStackOf() {
  const prepare = Error.prepareStackTrace
  Error.prepareStackTrace = (_, sites) => '\\n' + sites.map((site) => '    at ' + site).join('\\n')
  try {
    return stackOf()
  } finally {
    Error.prepareStackTrace = prepare
  }
}

export function step({ name }) {
  const site = process.env.WITHOUT_RAW ? { stack: stackOf() } : { stack: stackOf(), rawStack: rawStackOf() }
  const found = findCall(site)
  const at = found.reason ?? relative(import.meta.dirname, found.file) + found.query
  const text = found.reason ? '' : readFileSync(found.file, 'utf8').replace(/^\\uFEFF/, '').slice(found.offset, found.offset + 40)
  console.log(JSON.stringify({ name, at, text: text.split('\\n')[0], line: found.line ?? 0 }))
  return { implement: (run) => run }
}
export default { step }
`
