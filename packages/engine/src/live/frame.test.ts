import { stripVTControlCharacters } from 'node:util'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ASCII_GLYPHS, frameOf, UNICODE_GLYPHS, type FrameSpace, type LiveRow, type LiveState } from './frame.ts'
import { textWidth } from './text-width.ts'

const SPACE: FrameSpace = { columns: 100, rows: 30, nowMs: 12_300, glyphs: ASCII_GLYPHS }

function stateOf(rows: readonly LiveRow[], fields: Partial<LiveState> = {}): LiveState {
  return { rows, planned: rows.length, ended: 0, startedAt: 0, ...fields }
}

const row = (name: string, fields: Partial<LiveRow> = {}): LiveRow => ({ name, startedAt: 2300, ...fields })

function shown(state: LiveState, space: Partial<FrameSpace> = {}): readonly string[] {
  return frameOf(state, { ...SPACE, ...space }).map(({ text }) => stripVTControlCharacters(text).trimEnd())
}

describe('the frame', () => {
  it('has a line per step, names and bars below one another', () => {
    const rows = [row('train', { progress: { fraction: 0.425, text: 'epoch 42' } }), row('load')]
    expect(shown(stateOf(rows, { planned: 5, ended: 2 }))).toEqual([
      '/ train #########...........  42%  10.0s  epoch 42',
      `/ load${' '.repeat(29)}10.0s`,
      '  2 of 5 steps, 2 running  12.3s',
    ])
  })

  it('has no place for bars where nothing tells how far it is, and no sum of one step', () => {
    expect(shown(stateOf([row('load')]))).toEqual(['/ load  10.0s'])
  })

  it('is empty where nothing runs and nothing is planned', () => {
    expect(shown(stateOf([]))).toEqual([])
  })

  it.each([
    [100, 20],
    [60, 10],
    [40, 0],
  ])('has at %i columns bars of %i', (columns, width) => {
    const [line = ''] = shown(stateOf([row('a', { progress: { fraction: 1, text: undefined } })]), { columns })
    expect(line.replaceAll(/[^#]/g, '')).toHaveLength(width)
    expect(line).toContain('100%')
  })

  it('says how many steps it has no place for', () => {
    const rows = Array.from({ length: 20 }, (_, number) => row(`step_${number}`))
    const lines = shown(stateOf(rows), { rows: 8 })
    expect(lines).toHaveLength(6)
    expect(lines.slice(-2)).toEqual(['  and 16 more', '  0 of 20 steps, 20 running  12.3s'])
  })

  it('is cut in the middle of no wide character', () => {
    const rows = [row('a', { progress: { fraction: 0, text: '日本語のテキスト' } })]
    expect(shown(stateOf(rows), { columns: 28, glyphs: UNICODE_GLYPHS })[0]).toMatch(
      /^. a {3}0% {2}10\.0s {2}日本語の…$/,
    )
  })

  it('never takes the last column, whatever it shows, and is as wide as it says', () => {
    const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
    const rows = fc.array(
      fc.record({ name: texts, startedAt: fc.double({ noNaN: true, min: 0, max: 1e9 }), progress: progressOf(texts) }),
      { maxLength: 30 },
    )
    const property = fc.property(
      rows,
      fc.integer({ min: 1, max: 150 }),
      fc.integer({ min: 1, max: 60 }),
      (made, columns, height) => {
        const lines = frameOf(stateOf(made), { ...SPACE, columns, rows: height })
        expect(lines.length).toBeLessThanOrEqual(Math.max(3, height - 1))
        for (const { text, width } of lines) {
          const plain = stripVTControlCharacters(text)
          expect(plain).not.toMatch(/\p{Cc}/u)
          expect(textWidth(plain)).toBeLessThanOrEqual(Math.max(1, columns - 1))
          expect(width).toBe(textWidth(plain))
        }
      },
    )
    fc.assert(property, { numRuns: 300 })
  })
})

function progressOf(texts: fc.Arbitrary<string>): fc.Arbitrary<LiveRow['progress']> {
  return fc.option(
    fc.record({ fraction: fc.double({ noNaN: true, min: 0, max: 1 }), text: fc.option(texts, { nil: undefined }) }),
    {
      nil: undefined,
    },
  )
}
