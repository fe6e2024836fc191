import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** A script of `test/processes` that runs in a process of its own. */
export type TestProcess = ChildProcessByStdio<null, Readable, Readable>

/** Starts a script from source. */
export function startProcess(script: string, ...args: readonly string[]): TestProcess {
  const file = path.join(import.meta.dirname, 'processes', script)
  return spawn(process.execPath, ['--conditions=@cairnml/source', file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Waits for the end and gives what was printed, line by line; fails if the process failed by itself. */
export async function linesOf(child: TestProcess): Promise<readonly string[]> {
  let printed = ''
  let complaints = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const [code] = (await once(child, 'close')) as readonly (number | null)[]
  if (code !== 0 && code !== null) throw new Error(`the process ended with code ${code}: ${complaints}`)
  // A line that the end cut off was not printed.
  return printed.split('\n').slice(0, -1)
}
