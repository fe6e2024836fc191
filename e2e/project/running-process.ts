import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Readable } from 'node:stream'

const DEFAULT_TIMEOUT_MS = 60_000

/** How a process ended and what it printed. */
export interface ProcessResult {
  readonly stdout: string
  readonly stderr: string
  /** Absent where a signal ended it. */
  readonly code: number | undefined
  readonly signal: NodeJS.Signals | undefined
}

/** How a process is started. */
export interface ProcessOptions {
  readonly cwd: string
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>
  /** After this it is killed and `ended` rejects. @default 60000 */
  readonly timeoutMs?: number | undefined
}

/** A process that was started and may have ended. */
export class RunningProcess {
  /** Resolves when it has ended and everything that it printed was read. */
  readonly ended: Promise<ProcessResult>
  readonly #child: ChildProcessByStdio<null, Readable, Readable>
  #stdout = ''
  #stderr = ''

  constructor(command: readonly string[], { cwd, env, timeoutMs = DEFAULT_TIMEOUT_MS }: ProcessOptions) {
    const [file = '', ...args] = command
    this.#child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text))
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text))
    this.ended = this.#end(timeoutMs, command.join(' '))
  }

  /** What it printed on standard output until this moment. */
  get stdout(): string {
    return this.#stdout
  }

  /** Waits until standard output holds a text. */
  async printed(text: string): Promise<void> {
    await this.#holds(text, this.#child.stdout, () => this.#stdout)
  }

  /** Waits until standard error holds a text. */
  async told(text: string): Promise<void> {
    await this.#holds(text, this.#child.stderr, () => this.#stderr)
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Closes the reading end of its standard output, as `| head -1` does after the first line. */
  closeStdout(): void {
    this.#child.stdout.destroy()
  }

  async #holds(text: string, stream: Readable, held: () => string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const look = (): void => (held().includes(text) ? resolve() : undefined)
    stream.on('data', look)
    this.#child.once('close', () => reject(new Error(`It ended without "${text}":\n${this.#stdout}${this.#stderr}`)))
    look()
    await promise
    stream.off('data', look)
  }

  #end(timeoutMs: number, command: string): Promise<ProcessResult> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#child.kill('SIGKILL')
        reject(new Error(`${command} did not end within ${timeoutMs} ms:\n${this.#stdout}${this.#stderr}`))
      }, timeoutMs)
      this.#child.once('error', reject)
      this.#child.once('close', (code, signal) => {
        clearTimeout(timer)
        const { stdout, stderr } = { stdout: this.#stdout, stderr: this.#stderr }
        resolve({ stdout, stderr, code: code ?? undefined, signal: signal ?? undefined })
      })
    })
  }
}
