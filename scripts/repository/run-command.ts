import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

import { ROOT } from './repository.ts'

/** How a command ended. */
export interface CommandResult {
  readonly passed: boolean
  /** What it printed, both streams in the order of arrival. */
  readonly output: string
}

/** Where and with what a command runs. */
export interface CommandOptions {
  /** @default the root of the repository */
  readonly cwd?: string
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Only what it writes to stdout. @default false */
  readonly stdoutOnly?: boolean
  /** @default 600000 */
  readonly timeoutMs?: number
}

/** Runs a command of the workspace's `node_modules/.bin`, or of the PATH, to its end; it never rejects. */
export function runCommand(command: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [name = '', ...args] = command
  return new Promise((settle) => {
    const child = spawn(name, args, {
      cwd: options.cwd ?? ROOT,
      env: environment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      // Commands are .cmd files there, which only a shell starts.
      shell: process.platform === 'win32',
      timeout: options.timeoutMs ?? 600_000,
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => options.stdoutOnly !== true && chunks.push(chunk))
    const text = (): string => Buffer.concat(chunks).toString('utf8')
    child.on('error', (error) => settle({ passed: false, output: `${text()}${error.message}\n` }))
    // Not `close` alone: a grandchild that outlives a timeout holds the pipes open.
    child.on('exit', (code, signal) => {
      const end = signal === null ? '' : `Ended by ${signal}.\n`
      const done = (): void => settle({ passed: code === 0, output: text() + end })
      child.on('close', done)
      setTimeout(done, 2000).unref()
    })
  })
}

function environment(added: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const path = `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`
  return { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: '0', TURBO_TELEMETRY_DISABLED: '1', ...added }
}
