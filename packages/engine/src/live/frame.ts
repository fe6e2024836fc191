import { styleText } from 'node:util'

import { elapsed } from './elapsed.ts'
import { flatText } from './terminal-text.ts'
import { cutText, textWidth } from './text-width.ts'

/** A step that runs. */
export interface LiveRow {
  readonly name: string
  /** By the monotonic clock. */
  readonly startedAt: number
  readonly progress?: { readonly fraction: number; readonly text: string | undefined } | undefined
}

/** What the lower part of the screen shows. */
export interface LiveState {
  /** In the order in which they started. */
  readonly rows: readonly LiveRow[]
  /** Steps of all runs that are shown. */
  readonly planned: number
  /** Steps that have ended. */
  readonly ended: number
  /** When the first run began, by the monotonic clock. */
  readonly startedAt: number
}

/** The place that there is, and the time. */
export interface FrameSpace {
  readonly columns: number
  readonly rows: number
  readonly nowMs: number
  readonly glyphs: Glyphs
}

/** The characters that a terminal can show. */
export interface Glyphs {
  readonly spinner: readonly string[]
  readonly full: string
  readonly empty: string
  readonly ellipsis: string
}

/** A line of the screen and how many columns it takes. */
export interface FrameLine {
  readonly text: string
  readonly width: number
}

/** For terminals that know Unicode. */
export const UNICODE_GLYPHS: Glyphs = { spinner: Array.from('⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'), full: '━', empty: '─', ellipsis: '…' }
/** For all others. */
export const ASCII_GLYPHS: Glyphs = { spinner: ['-', '\\', '|', '/'], full: '#', empty: '.', ellipsis: '...' }

type Style = 'cyan' | 'dim' | 'bold' | 'none'
type Piece = readonly [text: string, style: Style]

const SPINNER_MS = 100
const MOST_ROWS = 16
const WIDEST_NAME = 32

/** The lines that show what goes on. None is as wide as the terminal, so that none wraps. */
export function frameOf(state: LiveState, space: FrameSpace): readonly FrameLine[] {
  const { rows } = state
  // One row is for the cursor, one for the sum.
  const most = Math.max(1, Math.min(MOST_ROWS, space.rows - 3))
  const shown = rows.length > most ? rows.slice(0, most - 1) : rows
  const layout = layoutOf(shown, space)
  const lines = shown.map((row) => stepPieces(row, { space, ...layout }))
  if (shown.length < rows.length) lines.push([[`  and ${rows.length - shown.length} more`, 'dim']])
  if (state.planned > 1) {
    const time = elapsed(space.nowMs - state.startedAt)
    lines.push([[`  ${state.ended} of ${state.planned} steps, ${rows.length} running  ${time}`, 'dim']])
  }
  const lineSpace = { limit: Math.max(1, space.columns - 1), ellipsis: space.glyphs.ellipsis }
  return lines.map((pieces) => fitted(pieces, lineSpace))
}

interface Layout {
  readonly nameWidth: number
  /** 0 where there is no place for bars, or nothing to show in them. */
  readonly barWidth: number
}

function layoutOf(rows: readonly LiveRow[], { columns }: FrameSpace): Layout {
  const widest = Math.max(0, ...rows.map(({ name }) => textWidth(flatText(name))))
  const hasBars = rows.some(({ progress }) => progress !== undefined)
  const barWidth = columns >= 80 ? 20 : columns >= 50 ? 10 : 0
  return { nameWidth: Math.min(widest, WIDEST_NAME), barWidth: hasBars ? barWidth : 0 }
}

function stepPieces(
  { name, startedAt, progress }: LiveRow,
  { space, nameWidth, barWidth }: Layout & { readonly space: FrameSpace },
): Piece[] {
  const { glyphs, nowMs } = space
  const spinner = glyphs.spinner[Math.floor(nowMs / SPINNER_MS) % glyphs.spinner.length] ?? ''
  const time = elapsed(nowMs - startedAt).padStart(6)
  const text = progress?.text === undefined ? '' : `  ${flatText(progress.text)}`
  return [
    [`${spinner} `, 'cyan'],
    [padded(flatText(name), nameWidth), 'bold'],
    ...barPieces(progress?.fraction, barWidth, glyphs),
    [` ${time}`, 'dim'],
    [text, 'none'],
  ]
}

function barPieces(fraction: number | undefined, width: number, { full, empty }: Glyphs): readonly Piece[] {
  if (fraction === undefined) return width === 0 ? [] : [[' '.repeat(width + 6), 'none']]
  const done = Math.round(fraction * width)
  const percent = `${Math.floor(fraction * 100)}%`.padStart(4)
  const bar: readonly Piece[] = [
    [` ${full.repeat(done)}`, 'cyan'],
    [empty.repeat(width - done), 'dim'],
  ]
  return width === 0 ? [[` ${percent}`, 'none']] : [...bar, [` ${percent}`, 'none']]
}

function padded(name: string, limit: number): string {
  const { text, width } = cutText(name, limit)
  return text + ' '.repeat(limit - width)
}

/** The pieces as one line, cut where there is no more place. */
function fitted(
  pieces: readonly Piece[],
  { limit, ellipsis }: { readonly limit: number; readonly ellipsis: string },
): FrameLine {
  const needed = pieces.reduce((sum, [text]) => sum + textWidth(text), 0)
  const mark = needed > limit ? ellipsis.slice(0, limit) : ''
  let line = ''
  let width = mark.length
  for (const [text, style] of pieces) {
    const cut = cutText(text, limit - width)
    line += styled(cut.text, style)
    width += cut.width
    if (cut.text.length < text.length) break
  }
  return { text: line + mark, width }
}

function styled(text: string, style: Style): string {
  return style === 'none' || text === '' ? text : styleText(style, text)
}
