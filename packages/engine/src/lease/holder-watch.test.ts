import { thisProcess, type Busy } from '@cairnml/core'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { HolderWatch } from './holder-watch.ts'
import { beginClaim } from './lease-owner.ts'

const LEASE_MS = 1000

/** A watch and the clock that it goes by. */
class WatchTrial {
  now = 5000
  readonly #watch = new HolderWatch(LEASE_MS, () => this.now)

  /** Looks again after some time. */
  isDead(afterMs: number, holder: Partial<Busy> = {}): boolean {
    this.now += afterMs
    return this.#watch.isDead({ busy: true, owner: 'somebody', fence: 1, beat: 1, ...holder })
  }
}

afterEach(() => vi.restoreAllMocks())

describe('HolderWatch', () => {
  it('finds a holder dead whose beat stood still for the time of a lease', () => {
    const watch = new WatchTrial()
    const looks = Array.from({ length: 12 }, (_, at) => watch.isDead(at === 0 ? 0 : 100))
    expect(looks.indexOf(true)).toBe(10)
  })

  it('never finds a holder dead that beats', () => {
    const watch = new WatchTrial()
    for (let beat = 0; beat < 100; beat++) expect(watch.isDead(400, { beat: Math.floor(beat / 2) })).toBe(false)
  })

  it('begins anew with every beat and with every other lease', () => {
    const watch = new WatchTrial()
    for (let at = 0; at < 10; at++) expect(watch.isDead(100)).toBe(false)
    expect(watch.isDead(100, { beat: 2 })).toBe(false)
    for (let at = 0; at < 9; at++) expect(watch.isDead(100, { beat: 2 })).toBe(false)
    expect(watch.isDead(100, { beat: 2, fence: 2 })).toBe(false)
    for (let at = 0; at < 9; at++) expect(watch.isDead(100, { beat: 2, fence: 2 })).toBe(false)
    expect(watch.isDead(100, { beat: 2, fence: 2 })).toBe(true)
  })

  it('does not count the time in which it could not watch: it was stopped, or asleep with the holder', () => {
    const watch = new WatchTrial()
    expect(watch.isDead(0)).toBe(false)
    expect(watch.isDead(3_600_000)).toBe(false)
    expect(watch.isDead(100, { beat: 2 })).toBe(false)
  })

  it('goes by no wall clock, whatever that says', () => {
    const random = vi.spyOn(Date, 'now')
    const silent = new WatchTrial()
    const beating = new WatchTrial()
    for (let at = 0; at < 10; at++) {
      random.mockReturnValue((at % 2 === 0 ? 1 : -1) * 1e12)
      expect(silent.isDead(at === 0 ? 0 : 100)).toBe(false)
      expect(beating.isDead(100, { beat: at })).toBe(false)
    }
    expect(silent.isDead(100)).toBe(true)
    expect(random).not.toHaveBeenCalled()
  })

  it('finds a holder dead at once whose process surely is', () => {
    const owner = (fields: object): string =>
      JSON.stringify({ ...thisProcess(), instance: 'other', claim: 1, run: 'r', ...fields })
    expect(new WatchTrial().isDead(0, { owner: owner({}) })).toBe(false)
    expect(new WatchTrial().isDead(0, { owner: owner({ pid: 2 ** 30 }) })).toBe(true)
    expect(new WatchTrial().isDead(0, { owner: owner({ pid: 2 ** 30, host: 'elsewhere' }) })).toBe(false)
  })

  it('finds a holder of this process dead exactly when it gave its claim up', () => {
    const own = beginClaim('r')
    const { owner } = own
    expect(new WatchTrial().isDead(0, { owner })).toBe(false)
    own[Symbol.dispose]()
    expect(new WatchTrial().isDead(0, { owner })).toBe(true)
  })

  it.each(['', 'null', '{}', '{"host":1}', '[]', 'other program'])(
    'knows nothing of the owner %j but its beat',
    (owner) => {
      expect(new WatchTrial().isDead(0, { owner })).toBe(false)
    },
  )
})
