import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { checkFileSizes } from './file-sizes.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cairn-sizes-'))
})

afterEach(() => rm(root, { recursive: true }))

async function writeLines(file: string, lines: number): Promise<void> {
  const path = join(root, 'packages/a/src', file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, 'x\n'.repeat(lines))
}

describe('checkFileSizes', () => {
  it('accepts small files and says how small', async () => {
    for (const lines of [10, 20, 30]) await writeLines(`f${lines}.ts`, lines)
    expect(checkFileSizes(root)).toMatchObject({ passed: true, note: '3 files, median 20, p90 20, longest 30' })
  })

  it('refuses one long file, unless it is a table', async () => {
    for (let at = 0; at < 20; at++) await writeLines(`f${at}.ts`, 10)
    await writeLines('codes-data.ts', 900)
    expect(checkFileSizes(root).passed).toBe(true)
    await writeLines('long.ts', 351)
    expect(checkFileSizes(root).output).toMatch(/long\.ts has 351 lines/)
  })

  it('refuses files that are long on the whole', async () => {
    await writeLines('a.ts', 61)
    expect(checkFileSizes(root).output).toMatch(/median is 61/)
  })

  it('does not count tests', async () => {
    await writeLines('a.test.ts', 900)
    await writeLines('a.test-d.ts', 900)
    expect(checkFileSizes(root)).toMatchObject({ passed: true })
  })
})
