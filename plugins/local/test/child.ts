import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** A process that runs a script of this folder from source. */
export interface Child {
  readonly process: ChildProcess
  /** What it prints, line by line. */
  readonly lines: AsyncIterator<string>
  /** Resolves when it is gone. */
  readonly gone: Promise<unknown>
}

/** Starts a script of `processes/` with arguments. */
export function startChild(script: string, ...args: readonly string[]): Child {
  const file = path.join(import.meta.dirname, 'processes', script)
  const child = spawn(process.execPath, ['--conditions=@cairnml/source', file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  return {
    process: child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    gone: once(child, 'exit'),
  }
}
