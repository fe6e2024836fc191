import { spawn, type IPty } from '@lydell/node-pty'
import xterm from '@xterm/headless'

import { CAIRN_BIN } from '../project/installed-packages.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'

const TIMEOUT_MS = 45_000

/** How a command is started on a terminal. */
export interface TerminalOptions {
  readonly columns?: number
  readonly rows?: number
  readonly env?: Readonly<Record<string, string>>
}

/** A command on a pseudo-terminal, and the screen that a person would see. */
export class TerminalSession implements Disposable {
  /** The exit code; everything that it wrote is on the screen by then. */
  readonly ended: Promise<number>
  readonly #pty: IPty
  readonly #terminal: xterm.Terminal
  readonly #listeners = new Set<() => void>()
  #output = ''
  #parsed: Promise<void> = Promise.resolve()
  #hasEnded = false

  constructor(project: TemporaryProject, command: readonly string[], options: TerminalOptions = {}) {
    const { columns = 100, rows = 30, env = {} } = options
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true })
    this.#pty = spawn(process.execPath, [...command], {
      name: env['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd: project.dir,
      env: { ...project.environment(), COLORTERM: 'truecolor', ...env },
    })
    this.#pty.onData((text) => this.#take(text))
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => {
        this.#hasEnded = true
        void this.#parsed.then(() => {
          this.#tell()
          resolve(exitCode)
        })
      })
    })
  }

  /** Runs `cairn` with arguments. */
  static cairn(project: TemporaryProject, args: readonly string[], options?: TerminalOptions): TerminalSession {
    return new TerminalSession(project, [CAIRN_BIN, ...args], options)
  }

  /** Every byte that was written, as text. */
  get output(): string {
    return this.#output
  }

  /** The rows that can be seen, without blanks at the end. */
  get screen(): readonly string[] {
    return this.#rows(this.#terminal.buffer.active.baseY)
  }

  /** The same with everything that has scrolled away. */
  get history(): readonly string[] {
    return this.#rows(0)
  }

  /** Whether a row goes on in the next one because it was too long. */
  isWrapped(row: number): boolean {
    return this.#terminal.buffer.active.getLine(row)?.isWrapped === true
  }

  get terminal(): xterm.Terminal {
    return this.#terminal
  }

  /** Whether the cursor can be seen: the last word on that wins. */
  get isCursorVisible(): boolean {
    return this.#output.lastIndexOf('\u001B[?25h') >= this.#output.lastIndexOf('\u001B[?25l')
  }

  /** Waits until what is shown is as it is asked for. */
  async until(isSo: (session: this) => boolean): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const fail = (why: string): void => reject(new Error(`${why}:\n${this.history.join('\n')}`))
    const look = (): void => {
      if (isSo(this)) resolve()
      else if (this.#hasEnded) fail('It ended before')
    }
    const timer = setTimeout(() => fail('It took too long'), TIMEOUT_MS)
    this.#listeners.add(look)
    look()
    try {
      await promise
    } finally {
      clearTimeout(timer)
      this.#listeners.delete(look)
    }
  }

  /** Waits until a row that can be seen matches. */
  shows(pattern: RegExp): Promise<void> {
    return this.until(({ screen }) => screen.some((row) => pattern.test(row)))
  }

  /** Types. */
  press(keys: string): void {
    this.#pty.write(keys)
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows)
    this.#pty.resize(columns, rows)
  }

  [Symbol.dispose](): void {
    if (!this.#hasEnded) this.#pty.kill('SIGKILL')
    this.#terminal.dispose()
  }

  #take(text: string): void {
    this.#output += text
    this.#parsed = this.#parsed.then(() => new Promise((resolve) => this.#terminal.write(text, resolve)))
    void this.#parsed.then(() => this.#tell())
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #rows(first: number): readonly string[] {
    const { active } = this.#terminal.buffer
    const rows = Array.from({ length: active.length - first }, (_, index) =>
      (active.getLine(first + index)?.translateToString(true) ?? '').trimEnd(),
    )
    return rows.slice(0, rows.findLastIndex((row) => row !== '') + 1)
  }
}
