import { spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'

const TIMEOUT_MS = 60_000

/** A program whose screen is wanted. */
export interface ScreenRequest {
  readonly command: readonly string[]
  readonly cwd: string
  readonly columns: number
  readonly rows: number
  /** Whether the rows are those that are wanted. */
  readonly isReady: (rows: readonly string[]) => boolean
}

/** Runs a program on a pseudo-terminal until its screen is ready, interrupts it, and gives the screen. */
export async function terminalScreen(request: ScreenRequest): Promise<xterm.IBuffer> {
  const { command, cwd, columns, rows, isReady } = request
  const [file = '', ...args] = command
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TERM: 'xterm-256color' }
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true })
  const pty = spawn(file, args, { name: 'xterm-256color', cols: columns, rows, cwd, env })
  const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()))
  let isOver = false
  try {
    return await new Promise((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`${why}:\n${rowsOf(screen.buffer.active).join('\n')}`))
      const timer = setTimeout(() => fail('The screen did not become ready'), TIMEOUT_MS)
      void ended.then(() => fail('The program ended before its screen was ready'))
      pty.onData((text) => {
        if (isOver) return
        screen.write(text, () => {
          if (isOver || !isReady(rowsOf(screen.buffer.active))) return
          isOver = true
          clearTimeout(timer)
          resolve(screen.buffer.active)
        })
      })
    })
  } finally {
    isOver = true
    pty.write('\u0003')
    await ended
  }
}

/** The rows of a screen as text, without blanks at the end. */
export function rowsOf(buffer: xterm.IBuffer): readonly string[] {
  const rows = Array.from({ length: buffer.length }, (_, y) => buffer.getLine(y)?.translateToString(true) ?? '')
  return rows.slice(0, rows.findLastIndex((row) => row.trim() !== '') + 1)
}
