import type xterm from '@xterm/headless'

import { rowsOf } from './terminal-screen.ts'

const CELL = { width: 8.4, height: 18, font: 14 }
const PADDING = 16
const COLOURS = ['#3b3f46', '#f47067', '#57ab5a', '#c69026', '#539bf5', '#b083f0', '#39c5cf', '#adbac7']
const FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

/** Cells beside one another that look the same. */
interface Run {
  readonly x: number
  readonly style: string
  text: string
  cells: number
}

/** A picture of a screen that needs no font of its own: every run of characters is as wide as its cells. */
export function terminalSvg(buffer: xterm.IBuffer, { columns }: { readonly columns: number }): string {
  const rows = rowsOf(buffer)
  const width = Math.ceil(columns * CELL.width + 2 * PADDING)
  const height = rows.length * CELL.height + 2 * PADDING
  const lines = rows.flatMap((_, y) => {
    const line = buffer.getLine(y)
    return line === undefined ? [] : runsOf(line, columns).map((run) => textElement(run, y))
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A run of a pipeline on a terminal">
<rect width="${width}" height="${height}" rx="8" fill="#22272e"/>
<g font-family="${FONTS}" font-size="${CELL.font}" fill="#cdd9e5" xml:space="preserve">
${lines.join('\n')}
</g>
</svg>
`
}

function runsOf(line: xterm.IBufferLine, columns: number): readonly Run[] {
  const runs: Run[] = []
  for (let x = 0; x < columns; x++) {
    const cell = line.getCell(x)
    if (cell === undefined || cell.getWidth() === 0) continue
    const [text, style] = [cell.getChars() || ' ', styleOf(cell)]
    const last = runs.at(-1)
    if (last?.style === style) {
      last.text += text
      last.cells += cell.getWidth()
    } else runs.push({ x, style, text, cells: cell.getWidth() })
  }
  return runs.flatMap((run) => {
    const text = run.text.trimEnd()
    return text === '' ? [] : [{ ...run, text, cells: run.cells - (run.text.length - text.length) }]
  })
}

function styleOf(cell: xterm.IBufferCell): string {
  const colour = cell.isFgPalette() ? COLOURS[cell.getFgColor() % 8] : undefined
  return [
    ...(colour === undefined ? [] : [` fill="${colour}"`]),
    ...(cell.isBold() ? [' font-weight="bold"'] : []),
    ...(cell.isDim() ? [' opacity="0.6"'] : []),
  ].join('')
}

function textElement({ x, style, text, cells }: Run, y: number): string {
  const left = (PADDING + x * CELL.width).toFixed(1)
  const base = PADDING + y * CELL.height + CELL.font
  const width = (cells * CELL.width).toFixed(1)
  return `<text x="${left}" y="${base}" textLength="${width}" lengthAdjust="spacingAndGlyphs"${style}>${escaped(text)}</text>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
