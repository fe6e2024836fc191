import { spawn } from 'node:child_process'

import { cairnError } from '@cairnml/core'
import type { CommandLine, ShareHold } from '@cairnml/core/package-manager'

import { hideCredentials } from './hide-credentials.ts'

/** How a package manager ended. */
export interface ManagerOutcome {
  /** The exit code, or the signal that ended it. */
  readonly ended: number | NodeJS.Signals
  /** What it printed, in the order in which it came. */
  readonly output: string
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a package manager in the project and keeps what it prints. Signals to this process end it, too: whoever is told to
 * stop leaves nobody behind who goes on changing packages.
 *
 * @param share is told its process id: where this process is killed, it goes on
 * @throws CAIRN_PACKAGE_MANAGER_FAILED if it cannot be started
 */
export async function runPackageManager(
  line: CommandLine,
  projectDir: string,
  share: ShareHold,
): Promise<ManagerOutcome> {
  const [command, ...args] = line
  // Programs of npm are batch files on Windows, which only a shell starts.
  const isWindows = process.platform === 'win32'
  // In a group of its own, it ends together with the scripts of packages that it runs, and does not wait for them.
  const child = spawn(command, args, {
    cwd: projectDir,
    shell: isWindows,
    detached: !isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) share(child.pid)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
  }
  let received: NodeJS.Signals | undefined
  const end = (signal: NodeJS.Signals): void => {
    received = signal
    if (isWindows || child.pid === undefined) child.kill(signal)
    else if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal)
  }
  for (const signal of SIGNALS) process.on(signal, end)
  const { promise, resolve, reject } = Promise.withResolvers<ManagerOutcome>()
  child.once('error', (error) => reject(notStarted(line, error)))
  child.once('close', (code, signal) => resolve({ ended: received ?? signal ?? code ?? 1, output }))
  return promise.finally(() => {
    for (const signal of SIGNALS) process.off(signal, end)
  })
}

function notStarted(line: CommandLine, error: NodeJS.ErrnoException): Error {
  const isMissing = error.code === 'ENOENT'
  const problem = isMissing ? `${line[0]} is not installed, or not in PATH` : `it cannot be started: ${error.message}`
  const remedy = 'Install it. The lockfile, or packageManager in package.json, says which one a project has.'
  const command = hideCredentials(line.join(' '))
  return cairnError('CAIRN_PACKAGE_MANAGER_FAILED', { command, problem, remedy }, { cause: error })
}
