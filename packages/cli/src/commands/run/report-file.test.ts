import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { assertReportFile } from './report-file.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-report-'))
  writeFileSync(nodePath.join(dir, 'there.json'), '')
})
afterAll(() => rmSync(dir, { recursive: true }))

describe('the file of --report', () => {
  it.each(['there.json', 'new.json', 'a/b/new.json'])('can be %s', (file) => {
    expect(() => assertReportFile(nodePath.join(dir, file))).not.toThrow()
  })

  it.each([
    ['a folder', '.', 'is a folder'],
    ['in a file', 'there.json/run.json', 'is no folder'],
  ])('cannot be %s', (_what, file, problem) => {
    expect(() => assertReportFile(nodePath.join(dir, file))).toThrow(problem)
  })

  it('cannot be empty', () => {
    expect(() => assertReportFile('')).toThrow('it is empty')
  })

  it.skipIf(process.platform === 'win32')('cannot be a device', () => {
    expect(() => assertReportFile(os.devNull)).toThrow('no regular file')
  })
})
