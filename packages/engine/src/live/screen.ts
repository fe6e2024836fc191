import type { FrameLine } from './frame.ts'

const BEGIN_UPDATE = '\u001B[?2026h'
const END_UPDATE = '\u001B[?2026l'
const HIDE_CURSOR = '\u001B[?25l'
const SHOW_CURSOR = '\u001B[?25h'
const CLEAR_LINE_END = '\u001B[K'
const CLEAR_BELOW = '\u001B[J'

/** A terminal, as far as a screen needs it. */
export interface Terminal {
  readonly columns: number
  write(text: string): void
}

/**
 * The end of a terminal's text: lines that stay, and below them a frame that is painted over. Each change is one write,
 * as one update where the terminal knows that. The cursor is hidden within a write only: whatever ends or stops the
 * process leaves it visible, below the frame.
 */
export class Screen {
  readonly #terminal: Terminal
  #frame: readonly FrameLine[] = []

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** Adds lines above the frame, each with its line end, and paints the frame afresh. */
  paint(lines: string, frame: readonly FrameLine[]): void {
    const isSame = lines === '' && frame.every(({ text }, index) => text === this.#frame[index]?.text)
    if (isSame && frame.length === this.#frame.length) return
    // Painting over without clearing first does not flicker either where updates are not one.
    const above = lines === '' ? '' : `${CLEAR_BELOW}${lines}`
    const below = frame.map(({ text }) => `${text}${CLEAR_LINE_END}\n`).join('')
    const text = `${this.#toStart()}${above}${below}${CLEAR_BELOW}`
    this.#frame = frame
    this.#terminal.write(`${BEGIN_UPDATE}${HIDE_CURSOR}${text}${SHOW_CURSOR}${END_UPDATE}`)
  }

  /** Terminals wrap lines that have become too wide for them: a frame may take more rows than it had lines. */
  #toStart(): string {
    const { columns } = this.#terminal
    const rows = this.#frame.reduce((sum, { width }) => sum + Math.max(1, Math.ceil(width / columns)), 0)
    return rows === 0 ? '' : `\u001B[${rows}A\r`
  }
}
