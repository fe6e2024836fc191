import { setTimeout as sleep } from 'node:timers/promises'

import {
  MemoryCacheIndex,
  pipeline,
  step,
  thisProcess,
  type AcquireOptions,
  type Busy,
  type Lease,
  type Run,
} from '@cairnml/core'
import { stopAfterWrites, StopSwitch } from '@cairnml/testing'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { present, rejection, statuses, Trial, valueOf, type TrialParts } from '../trial/trial.fixture.ts'

const LEASE_MS = 400

/** How often the step worked, and what it does then. */
let calls = 0
let body: () => Promise<void> = async () => undefined

beforeEach(() => {
  calls = 0
  body = () => sleep(20)
})

const work = step({ name: 'work', output: z.number() }).implement(async () => {
  calls += 1
  const mine = calls
  await body()
  return mine
})
const single = pipeline({ name: 'single', build: () => work() })

/** An index whose first lease of every key goes to somebody else. */
class HeldIndex extends MemoryCacheIndex {
  readonly owner: string
  readonly others: Lease[] = []
  asked = 0

  constructor(owner = 'somebody') {
    super()
    this.owner = owner
  }

  override async acquire(key: string, owner: string, options?: AcquireOptions): Promise<Lease | Busy> {
    this.asked += 1
    if (this.asked === 1) {
      const other = await super.acquire(key, this.owner)
      if (!('busy' in other)) this.others.push(other)
    }
    return super.acquire(key, owner, options)
  }
}

/** Two trials over the same state, each with an index of its own, as two processes have it. */
function twoProcesses(parts: TrialParts = {}): readonly [Trial, Trial] {
  const first = new Trial({ leaseMs: LEASE_MS, ...parts })
  const { artifacts, records, index, code, concurrency } = first
  const forEver = new StopSwitch(Number.POSITIVE_INFINITY)
  const shared = { artifactStore: artifacts, metadataStore: records, code, concurrency, leaseMs: LEASE_MS }
  return [first, new Trial({ ...shared, cacheIndex: stopAfterWrites(index, forEver) })]
}

function endings(runs: readonly Run[]): readonly string[] {
  return runs.map((run) => present(statuses(run)['work'])).toSorted()
}

describe('the same work, needed at once,', () => {
  it('is done once by the runs of a process, and the others reuse it', async () => {
    const trial = new Trial()
    const runs = await Promise.all(Array.from({ length: 4 }, () => trial.run(single)))
    expect(calls).toBe(1)
    expect(endings(runs)).toEqual(['cached', 'cached', 'cached', 'completed'])
    expect(await Promise.all(runs.map((run) => valueOf(run, 'work')))).toEqual([1, 1, 1, 1])
    const waiting = trial.lines.filter((line) => line.includes(' waits for '))
    expect(waiting).toHaveLength(3)
    for (const line of waiting)
      expect(line).toMatch(/^Step work waits for run \S+ of this process, which is working on it\.$/)
  })

  it('is stored with who made it and in which run', async () => {
    const trial = new Trial()
    const [first] = await Promise.all([trial.run(single), trial.run(single)])
    const record = await trial.stepRecord(present(first).id, 'work')
    const [entry] = await trial.index.get(present(record.key))
    const { host, user, pid } = thisProcess()
    expect(entry).toMatchObject({ producer: { host, user, pid }, run: { pipeline: 'single' } })
    expect((await trial.runRecords()).map(({ name }) => name)).toContain(entry?.run.name)
    expect(entry?.endedAt).toBeLessThanOrEqual(Date.now())
  })

  it('is done once by the invocations of a run', async () => {
    const trial = new Trial({ concurrency: 4 })
    const many = pipeline({ name: 'many', build: () => void Array.from({ length: 4 }, () => work()) })
    const run = await trial.run(many)
    expect(calls).toBe(1)
    expect(Object.values(statuses(run)).toSorted()).toEqual(['cached', 'cached', 'cached', 'completed'])
    expect(trial.lines).toContain('Step work (work_2) waits for work, which does the same work.')
  })

  it('is done once by processes, and who waits says for whom', async () => {
    const trials = twoProcesses()
    const runs = await Promise.all(trials.map((trial) => trial.run(single)))
    expect(calls).toBe(1)
    expect(endings(runs)).toEqual(['cached', 'completed'])
    const { pid, host } = thisProcess()
    const first = runs.find((run) => statuses(run)['work'] === 'completed')
    const lines = trials.flatMap((trial) => trial.lines.filter((line) => line.includes(' waits for ')))
    expect(lines).toEqual([`Step work waits for run ${first?.name} (pid ${pid} on ${host}), which is working on it.`])
  })

  it.each([
    ['of one process', () => [new Trial()] as const],
    ['of several processes', () => twoProcesses()],
  ])('is done again by the next %s where it failed', async (_, make) => {
    const trials = make()
    body = async () => {
      await sleep(20)
      if (calls === 1) throw new Error('bad luck')
    }
    const runs = await Promise.all(
      Array.from({ length: 3 }, (__, at) => present(trials[at % trials.length]).run(single, {}, { reject: false })),
    )
    expect(calls).toBe(2)
    expect(endings(runs)).toEqual(['cached', 'completed', 'failed'])
  })
})

describe('a step whose key somebody else holds', () => {
  it('works when the other one gives up', async () => {
    const index = new HeldIndex()
    const trial = new Trial({ cacheIndex: index, leaseMs: 10_000 })
    const running = trial.run(single)
    await expect
      .poll(() => trial.lines.join())
      .toContain('Step work waits for another process, which is working on it.')
    await sleep(50)
    expect(calls).toBe(0)
    await present(index.others[0]).release()
    expect(endings([await running])).toEqual(['completed'])
  })

  it('takes over from one that is silent for the time of a lease, and no sooner', async () => {
    const index = new HeldIndex()
    const trial = new Trial({ cacheIndex: index, leaseMs: LEASE_MS })
    const begun = performance.now()
    await trial.run(single)
    expect(performance.now() - begun).toBeGreaterThanOrEqual(LEASE_MS)
    expect(calls).toBe(1)
    expect(trial.lines).toContain('Step work waits no longer: another process gives no sign of life.')
    expect(await present(index.others[0]).renew()).toBe(false)
  })

  it('waits for one that beats, for as long as it takes, whatever the wall clocks say', async () => {
    const index = new HeldIndex()
    const trial = new Trial({ cacheIndex: index, leaseMs: LEASE_MS })
    const real = Date.now.bind(Date)
    const hours = vi.spyOn(Date, 'now').mockImplementation(() => real() + (real() % 2 === 0 ? 1 : -1) * 7_200_000)
    const beating = setInterval(() => void index.others[0]?.renew(), LEASE_MS / 6)
    const running = trial.run(single)
    await sleep(3 * LEASE_MS)
    expect(calls).toBe(0)
    clearInterval(beating)
    await running
    hours.mockRestore()
    expect(calls).toBe(1)
  })

  it('takes over at once from a dead process', async () => {
    const owner = JSON.stringify({ ...thisProcess(), pid: 2 ** 30, instance: 'other', claim: 1, run: 'gone' })
    const trial = new Trial({ cacheIndex: new HeldIndex(owner), leaseMs: 60_000 })
    await trial.run(single)
    expect(calls).toBe(1)
  })

  it('ends its wait as soon as the run is cancelled', async () => {
    const index = new HeldIndex()
    const trial = new Trial({ cacheIndex: index, leaseMs: 60_000 })
    const stop = new AbortController()
    const running = rejection(trial.run(single, {}, { signal: stop.signal }))
    await expect.poll(() => index.asked).toBe(1)
    stop.abort()
    await expect(running).resolves.toMatchObject({ code: 'CAIRN_RUN_CANCELLED' })
    expect((await trial.lastRun()).status).toBe('cancelled')
  })

  it('lets other steps of the run work meanwhile', async () => {
    const other = step({ name: 'other', output: z.number() }).implement(() => 1)
    const both = pipeline({ name: 'both', build: () => ({ a: work(), b: other() }) })
    const index = new HeldIndex()
    const trial = new Trial({ cacheIndex: index, leaseMs: 60_000, concurrency: 1 })
    const running = trial.run(both)
    await expect.poll(() => trial.lines.join()).toContain('Step other has finished')
    expect(calls).toBe(0)
    await present(index.others[0]).release()
    expect(statuses(await running)).toEqual({ work: 'completed', other: 'completed' })
  })

  it('does not wait for it where it looks nothing up, or keeps nothing', async () => {
    for (const cache of ['write', 'read', false] as const) {
      calls = 0
      const trial = new Trial({ cacheIndex: new HeldIndex(), leaseMs: 60_000 })
      await trial.run(single, {}, { cache })
      expect(calls, String(cache)).toBe(1)
    }
  })
})

describe('a lease', () => {
  it('is held while a step works, and released however it ends', async () => {
    const trial = new Trial()
    const acquire = vi.spyOn(trial.index, 'acquire')
    const holder = async (): Promise<Busy | undefined> => trial.index.holder?.(present(acquire.mock.calls[0])[0])
    let during: Busy | undefined
    body = async () => void (during = await holder())
    const run = await trial.run(single)
    expect(JSON.parse(present(during).owner)).toMatchObject({ run: run.name, ...thisProcess() })
    expect(await holder()).toBeUndefined()
    body = () => Promise.reject(new Error('bad luck'))
    await trial.run(single, {}, { refresh: ['work'], reject: false })
    expect(acquire).toHaveBeenCalledTimes(2)
    expect(await holder()).toBeUndefined()
    const stop = new AbortController()
    body = async () => {
      stop.abort()
      await sleep(20)
    }
    await rejection(trial.run(single, {}, { refresh: ['work'], signal: stop.signal }))
    expect(acquire).toHaveBeenCalledTimes(3)
    expect(await holder()).toBeUndefined()
  })

  it('is taken by no step that is reused, keeps nothing or has no cache', async () => {
    const trial = new Trial()
    await trial.run(single)
    const acquire = vi.spyOn(trial.index, 'acquire')
    await trial.run(single)
    await trial.run(single, {}, { cache: 'read' })
    await trial.run(single, {}, { cache: false })
    expect(acquire).not.toHaveBeenCalled()
  })

  it('that cannot be had is said, and the step works without', async () => {
    class Failing extends MemoryCacheIndex {
      override async acquire(): Promise<Lease | Busy> {
        throw new Error('no locks today')
      }
    }
    const trial = new Trial({ cacheIndex: new Failing() })
    await trial.run(single)
    expect(trial.lines).toContain('Step work works without a lease, others may do the same work: Error no locks today.')
  })

  it('that is not released holds nobody up in the same process', async () => {
    class Keeping extends MemoryCacheIndex {
      override async acquire(...asked: Parameters<MemoryCacheIndex['acquire']>): Promise<Lease | Busy> {
        const got = await super.acquire(...asked)
        return 'busy' in got ? got : { ...got, release: () => Promise.reject(new Error('not at the moment')) }
      }
    }
    const trial = new Trial({ cacheIndex: new Keeping(), leaseMs: 60_000 })
    body = () => Promise.reject(new Error('bad luck'))
    await trial.run(single, {}, { reject: false })
    body = async () => undefined
    await trial.run(single)
    expect(calls).toBe(2)
  })

  it('is missed once per run where the index has none', async () => {
    class Plain extends MemoryCacheIndex {}
    const index = new Plain('plain')
    Object.defineProperty(index, 'acquire', { value: undefined })
    const trial = new Trial({ cacheIndex: index })
    const twice = pipeline({
      name: 'twice',
      build: () => ({ a: work(), b: step({ name: 'b', output: z.number() }).implement(() => 1)() }),
    })
    const says =
      'Cache index plain has no leases: what several processes need at the same time is done by each of them.'
    const lines = await trial.linesOf(() => trial.run(twice))
    expect(lines.filter((line) => line === says)).toHaveLength(1)
    expect(await trial.linesOf(() => trial.run(twice))).not.toContain(says)
  })
})
