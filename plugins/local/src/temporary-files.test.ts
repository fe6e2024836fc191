import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { temporaryFolder } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import { sweepTemporaryFiles, temporaryName } from './temporary-files.ts'

const WEEK_S = 7 * 24 * 3600

/** The name that another process would have taken. */
function foreignName(part: { readonly host?: string; readonly boot?: string; readonly pid?: number }): string {
  const [host = '', boot = '', pid = '', ...rest] = temporaryName().split('-')
  return [part.host ?? host, part.boot ?? boot, part.pid ?? pid, ...rest].join('-')
}

describe('sweepTemporaryFiles', () => {
  it('removes what dead processes left behind and nothing else', async () => {
    await using folder = await temporaryFolder()
    const names = {
      own: temporaryName(),
      dead: foreignName({ pid: 2 ** 22 + 1 }),
      beforeBoot: foreignName({ boot: '00000000' }),
      elsewhere: foreignName({ host: '00000000' }),
      elsewhereLongAgo: foreignName({ host: '00000000' }),
      lock: 'lock-0123',
    }
    for (const name of Object.values(names)) writeFileSync(path.join(folder.path, name), '')
    const longAgo = Date.now() / 1000 - WEEK_S - 60
    utimesSync(path.join(folder.path, names.elsewhereLongAgo), longAgo, longAgo)
    await sweepTemporaryFiles(folder.path)
    expect(readdirSync(folder.path).toSorted()).toEqual([names.own, names.elsewhere, names.lock, 'swept'].toSorted())
  })

  it('does not look again within an hour', async () => {
    await using folder = await temporaryFolder()
    await sweepTemporaryFiles(folder.path)
    const dead = foreignName({ pid: 2 ** 22 + 1 })
    writeFileSync(path.join(folder.path, dead), '')
    await sweepTemporaryFiles(folder.path)
    expect(readdirSync(folder.path)).toContain(dead)
    utimesSync(path.join(folder.path, 'swept'), 0, 0)
    await sweepTemporaryFiles(folder.path)
    expect(readdirSync(folder.path)).toEqual(['swept'])
  })
})

describe('temporaryName', () => {
  it('is never the same twice', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => temporaryName())).size).toBe(1_000)
  })
})
