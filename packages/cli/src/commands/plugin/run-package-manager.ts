import { spawn } from 'node:child_process'

import { cairnError } from '@cairnml/core'
import type { CommandLine } from '@cairnml/core/package-manager'

/** How a package manager ended. */
export interface ManagerOutcome {
  /** The exit code, or the signal that ended it. */
  readonly ended: number | NodeJS.Signals
  /** What it printed, in the order in which it came. */
  readonly output: string
}

/** Runs a package manager in the project and keeps what it prints. */
export async function runPackageManager([command, ...args]: CommandLine, projectDir: string): Promise<ManagerOutcome> {
  // Programs of npm are batch files on Windows, which only a shell starts.
  const child = spawn(command, args, {
    cwd: projectDir,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
  }
  const { promise, resolve, reject } = Promise.withResolvers<ManagerOutcome>()
  child.once('error', reject)
  child.once('close', (code, signal) => resolve({ ended: signal ?? code ?? 1, output }))
  return promise.catch((error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error)
    throw cairnError(
      'CAIRN_PACKAGE_MANAGER_FAILED',
      { command: [command, ...args].join(' '), problem },
      { cause: error },
    )
  })
}

/** The error of a package manager that ended otherwise than well; what it printed goes to standard error. */
export function managerFailed(line: CommandLine, { ended, output }: ManagerOutcome): Error {
  process.stderr.write(output.endsWith('\n') || output === '' ? output : `${output}\n`)
  const problem = typeof ended === 'number' ? `it ended with the exit code ${ended}` : `it was ended by ${ended}`
  return cairnError('CAIRN_PACKAGE_MANAGER_FAILED', { command: line.join(' '), problem })
}
