import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { temporaryFolder } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import { placeIfAbsent, retryWhileOpen, type Placement } from './object-place.ts'

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function noLinks(): never {
  throw systemError('EPERM')
}

function placementIn(folder: string, at: number): Placement {
  const temporary = path.join(folder, `temporary-${at}`)
  writeFileSync(temporary, `body ${at}`)
  const target = path.join(folder, 'new', 'target')
  return { temporary, target, lock: path.join(folder, 'lock'), onFolder: () => undefined }
}

describe('placeIfAbsent', () => {
  it.each([
    ['with hard links', undefined],
    ['without hard links', noLinks],
  ])('lets exactly one of many writers through %s', async (_, link) => {
    await using folder = await temporaryFolder()
    const placements = Array.from({ length: 20 }, (_unused, at) => placementIn(folder.path, at))
    const written = await Promise.all(placements.map((placement) => placeIfAbsent(placement, link)))
    const winner = written.indexOf(true)
    expect(written.filter(Boolean)).toHaveLength(1)
    expect(readFileSync(path.join(folder.path, 'new', 'target'), 'utf8')).toBe(`body ${winner}`)
    expect(existsSync(path.join(folder.path, `temporary-${winner}`))).toBe(false)
    expect(existsSync(path.join(folder.path, 'lock'))).toBe(false)
  })

  it('takes the lock of a process that was killed away after a minute', async () => {
    await using folder = await temporaryFolder()
    const placement = placementIn(folder.path, 1)
    mkdirSync(placement.lock)
    const minuteAgo = Date.now() / 1000 - 61
    utimesSync(placement.lock, minuteAgo, minuteAgo)
    expect(await placeIfAbsent(placement, noLinks)).toBe(true)
  })

  it('passes on what is no lack of hard links', async () => {
    await using folder = await temporaryFolder()
    const full = (): never => {
      throw systemError('ENOSPC')
    }
    await expect(placeIfAbsent(placementIn(folder.path, 1), full)).rejects.toMatchObject({ code: 'ENOSPC' })
  })
})

describe('retryWhileOpen', () => {
  function failing(times: number, code: string): { readonly work: () => void; readonly calls: () => number } {
    let calls = 0
    const work = (): void => {
      calls += 1
      if (calls <= times) throw systemError(code)
    }
    return { work, calls: () => calls }
  }

  it.each(['EPERM', 'EACCES', 'EBUSY'])('tries again on Windows after %s', async (code) => {
    const { work, calls } = failing(3, code)
    await retryWhileOpen(work, 'win32')
    expect(calls()).toBe(4)
  })

  it('gives up at last', async () => {
    const { work, calls } = failing(100, 'EBUSY')
    await expect(retryWhileOpen(work, 'win32')).rejects.toMatchObject({ code: 'EBUSY' })
    expect(calls()).toBe(10)
  })

  it('tries once on other systems and for other errors', async () => {
    for (const [code, platform] of [
      ['EPERM', 'linux'],
      ['ENOSPC', 'win32'],
    ] as const) {
      const { work, calls } = failing(1, code)
      await expect(retryWhileOpen(work, platform)).rejects.toMatchObject({ code })
      expect(calls()).toBe(1)
    }
  })
})
