import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'

import { formatTable } from './table.ts'

beforeEach(() => void vi.stubEnv('LC_ALL', 'C.UTF-8'))
afterEach(() => vi.unstubAllEnvs())

const COLUMNS = [{ title: 'STEP' }, { title: 'SIZE', align: 'right' }, { title: 'NOTE' }] as const

describe('formatTable', () => {
  it('aligns columns, and leaves no spaces at the ends of lines', () => {
    vi.stubEnv('NO_COLOR', '1')
    const rows = [
      ['load', '1.0 kB', ''],
      ['a_longer_one', '12 B', 'x'],
    ]
    expect(formatTable(COLUMNS, rows)).toBe(
      ['STEP            SIZE  NOTE', 'load          1.0 kB', 'a_longer_one    12 B  x', ''].join('\n'),
    )
  })

  it('is its titles where there are no rows', () => {
    vi.stubEnv('NO_COLOR', '1')
    expect(formatTable(COLUMNS, [])).toBe('STEP  SIZE  NOTE\n')
  })

  it('dims the titles where colours are wanted, and only there', () => {
    vi.stubEnv('FORCE_COLOR', '1')
    vi.stubEnv('NO_COLOR', undefined)
    const [titles, row] = formatTable([{ title: 'STEP' }], [['load']]).split('\n')
    expect(titles).not.toBe('STEP')
    expect(titles).toContain('STEP')
    expect(row).toBe('load')
  })

  it('cuts with what a terminal without Unicode can show', () => {
    vi.stubEnv('NO_COLOR', '1')
    vi.stubEnv('LC_ALL', 'C')
    const [, row] = formatTable(COLUMNS, [['a_very_long_name_of_a_step', '1.0 kB', 'short']], 30).split('\n')
    expect(row).toBe('a_very_long_...  1.0 kB  short')
  })

  it('cuts nothing on a terminal that does not know its width', () => {
    vi.stubEnv('NO_COLOR', '1')
    const { isTTY, columns } = process.stdout
    Object.assign(process.stdout, { isTTY: true, columns: 0 })
    onTestFinished(() => void Object.assign(process.stdout, { isTTY, columns }))
    expect(formatTable(COLUMNS, [['a_very_long_name_of_a_step', '', '']])).toContain('a_very_long_name_of_a_step')
  })

  it('cuts the widest columns to the width that there is, and none to nothing', () => {
    vi.stubEnv('NO_COLOR', '1')
    const rows = [['a_very_long_name_of_a_step', '1.0 kB', 'short']]
    const lines = formatTable(COLUMNS, rows, 30).trimEnd().split('\n')
    expect(lines.every((line) => line.length <= 30)).toBe(true)
    expect(lines[1]).toBe('a_very_long_na…  1.0 kB  short')
    expect(formatTable(COLUMNS, rows, 3)).toContain('a_very_…  1.0 kB  short')
  })

  it('shows control characters, and does nothing that they say', () => {
    vi.stubEnv('NO_COLOR', '1')
    expect(formatTable([{ title: 'A' }], [['\u001b[31mred\nnext']])).toBe('A\n\\x1b[31mred\\nnext\n')
  })
})
