import xterm from '@xterm/headless'
import { describe, expect, it } from 'vitest'

import { terminalSvg } from './terminal-svg.ts'

async function svgOf(written: string): Promise<readonly string[]> {
  const terminal = new xterm.Terminal({ cols: 20, rows: 5, allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(written, resolve))
  return terminalSvg(terminal.buffer.active, { columns: 20 }).split('\n')
}

describe('the picture of a screen', () => {
  it('has an element per run of equal cells, each at its place and as wide as its cells', async () => {
    const lines = await svgOf('ab \u001B[36mcd\u001B[0m \u001B[1me\u001B[0m\u001B[2mf\u001B[0m\r\n\r\n  g')
    expect(lines.filter((line) => line.startsWith('<text'))).toEqual([
      '<text x="16.0" y="30" textLength="16.8" lengthAdjust="spacingAndGlyphs">ab</text>',
      '<text x="41.2" y="30" textLength="16.8" lengthAdjust="spacingAndGlyphs" fill="#39c5cf">cd</text>',
      '<text x="66.4" y="30" textLength="8.4" lengthAdjust="spacingAndGlyphs" font-weight="bold">e</text>',
      '<text x="74.8" y="30" textLength="8.4" lengthAdjust="spacingAndGlyphs" opacity="0.6">f</text>',
      '<text x="16.0" y="66" textLength="25.2" lengthAdjust="spacingAndGlyphs">  g</text>',
    ])
  })

  it('is as large as what there is, and escapes it', async () => {
    const lines = await svgOf('<a & b>')
    expect(lines[0]).toContain('width="200" height="50"')
    expect(lines.join('')).toContain('&lt;a &amp; b&gt;')
  })
})
