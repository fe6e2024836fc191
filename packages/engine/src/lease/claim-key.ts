import { errorRecord, type Busy } from '@cairnml/core'

import type { Found } from '../cache/look-up.ts'
import { orAborted } from '../execute/or-aborted.ts'
import type { RunContext } from '../execute/run-context.ts'
import type { Slot } from '../schedule/schedule.ts'
import { awaitHolder } from './await-holder.ts'
import { beginFlight, flightUnder, type Flight } from './flights.ts'
import { leaseKey, type LeasedKey } from './lease-key.ts'
import { parseOwner } from './lease-owner.ts'

/** Who wants to work under a key. */
export interface ClaimRequest {
  readonly key: string
  /** As log lines name the step. */
  readonly label: string
  /** What the look-up gave: nothing that can be used. */
  readonly found: Found
  /** Whether it waits for others and reuses what they make; otherwise it works at once. */
  readonly waits: boolean
  readonly slot: Slot
  readonly lookUp: () => Promise<Found>
}

/** The right to work under a key, or the result of somebody who had it. */
export interface Claim extends AsyncDisposable {
  /** If there is an entry, somebody else has done the work. */
  readonly found: Found
  /** Lets others work under the key, or reuse what was made. It may be called again. */
  release(): Promise<void>
}

interface Turn {
  readonly found: Found
  /** Absent where the work is done without a lease, or is not to be done. */
  readonly leased?: LeasedKey | undefined
}

/**
 * Waits until nobody else works under a key, and claims it. A fault of the lease is said and no more: without one the
 * work may be done twice, and is right all the same.
 *
 * @throws the reason of the run's signal as soon as it is aborted
 */
export async function claimKey(request: ClaimRequest, context: RunContext): Promise<Claim> {
  const index = context.components.cacheIndex
  const { key, label } = request
  const waiting = new Waiting(request, context)
  let { found } = request
  for (let other = flightUnder(key, index); other !== undefined; other = flightUnder(key, index)) {
    if (!request.waits) return claim(found, async () => undefined)
    const { ended } = other
    waiting.say(flightText(other, context))
    await request.slot.lend(() => orAborted(ended, context.stop.signal))
    found = await request.lookUp()
    if (found.entry !== undefined) return claim(found, async () => undefined)
  }
  // Nothing was awaited since the last look, so there is no other flight.
  const end = beginFlight(key, index, { run: context.run.id, runName: context.run.name, label })
  try {
    const turn = await waiting.turn(found)
    return claim(turn.found, async () => {
      await turn.leased?.release()
      end()
    })
  } catch (error) {
    end()
    throw error
  }
}

function claim(found: Found, release: () => Promise<void>): Claim {
  let released: Promise<void> | undefined
  const once = (): Promise<void> => (released ??= release())
  return { found, release: once, [Symbol.asyncDispose]: once }
}

/** One step that waits for its turn among processes. */
class Waiting {
  readonly #request: ClaimRequest
  readonly #context: RunContext
  #hasSaid = false

  constructor(request: ClaimRequest, context: RunContext) {
    this.#request = request
    this.#context = context
  }

  /** Says once for whom the step waits. */
  say(whom: string): void {
    if (!this.#hasSaid) this.#context.report.stepWaits(this.#request.label, whom)
    this.#hasSaid = true
  }

  async turn(before: Found): Promise<Turn> {
    const { key, slot, lookUp, waits } = this.#request
    const { components, leaseMs, stop } = this.#context
    let found = before
    let silent = ''
    for (let takeOver: number | undefined; ;) {
      const got = await this.#acquire(takeOver)
      if (got === undefined) return { found }
      if (!('busy' in got)) {
        if (takeOver !== undefined) this.#context.report.stepTakesOver(this.#request.label, silent)
        return this.#lookAgain(found, got)
      }
      if (!waits) return { found }
      silent = ownerText(got.owner)
      this.say(`${silent}, which is working on it`)
      const wait = {
        index: components.cacheIndex,
        key,
        holder: got,
        newest: found.newest,
        leaseMs,
        signal: stop.signal,
      }
      takeOver = await slot.lend(() => awaitHolder(wait))
      found = await lookUp()
      if (found.entry !== undefined) return { found }
    }
  }

  /** `undefined` where there are no leases, or none at the moment. */
  async #acquire(takeOver: number | undefined): Promise<LeasedKey | Busy | undefined> {
    const { run, components, leaseMs, stop, report } = this.#context
    const { cacheIndex: index } = components
    if (index.acquire === undefined || index.holder === undefined) {
      report.withoutLeases(index.name)
      return undefined
    }
    try {
      const { key } = this.#request
      return await leaseKey({ index, key, run: run.name, takeOver, leaseMs, signal: stop.signal })
    } catch (error) {
      stop.signal.throwIfAborted()
      report.stepWithoutLease(this.#request.label, errorRecord(error))
      return undefined
    }
  }

  /** Somebody may have finished between the look-up and the lease. */
  async #lookAgain(found: Found, leased: LeasedKey): Promise<Turn> {
    const { key, waits, lookUp } = this.#request
    if (!waits) return { found, leased }
    try {
      const [newest] = await this.#context.components.cacheIndex.get(key)
      return { found: newest?.id === found.newest ? found : await lookUp(), leased }
    } catch (error) {
      await leased.release()
      throw error
    }
  }
}

function flightText({ run, runName, label }: Flight, context: RunContext): string {
  if (run === context.run.id) return `${label}, which does the same work`
  return `run ${runName} of this process, which is working on it`
}

function ownerText(text: string): string {
  const owner = parseOwner(text)
  if (owner === undefined) return 'another process'
  return `run ${owner.run} (pid ${owner.pid} on ${owner.host})`
}
