import { hash } from 'node:crypto'

import {
  sortableId,
  thisProcess,
  type CacheEntry,
  type KeyTree,
  type RunRecord,
  type StepRunRecord,
} from '@cairnml/core'

/** Steps of each run in a filled store. */
export const STEPS_PER_RUN = 1000

const STARTED = Date.UTC(2024, 0, 1)
const MINUTE_MS = 60_000

/** A run of the past: the first ones executed every step, all others reused what those made. */
export class PastRun {
  readonly id: string
  readonly #number: number
  readonly #startedAt: number
  readonly #origin: PastRun | undefined

  constructor(number: number, origin: PastRun | undefined) {
    this.#number = number
    this.#startedAt = STARTED + number * MINUTE_MS
    this.id = sortableId(this.#startedAt)
    this.#origin = origin
  }

  record(): RunRecord {
    const status = this.#origin === undefined ? 'completed' : 'cached'
    const name = `past-${this.#number}`
    return {
      id: this.id,
      revision: 1,
      name,
      nameKey: name,
      pipeline: 'past',
      version: 1,
      status,
      startedAt: this.#startedAt,
      endedAt: this.#startedAt + 1000,
      params: { by: this.#number },
      options: {},
      tags: [],
      stack: { name: 'default', components: {} },
      process: thisProcess(),
      counts: { [status]: STEPS_PER_RUN },
    }
  }

  step(position: number): StepRunRecord {
    const invocation = `past_${position}`
    const base = {
      id: `${this.id}.${invocation}`,
      revision: 1,
      run: this.id,
      invocation,
      step: 'past',
      position,
      startedAt: this.#startedAt + position,
      endedAt: this.#startedAt + position + 1,
    }
    const { id, key, outputs } = (this.#origin ?? this).entry(position)
    if (this.#origin !== undefined) {
      return { ...base, status: 'cached', key, entry: id, origin: `${this.#origin.id}.${invocation}` }
    }
    return { ...base, status: 'completed', key, entry: id, params: { by: 1 }, inputs: outputs, outputs }
  }

  entry(position: number): CacheEntry {
    const digest = hash('sha256', `output ${this.#number} ${position}`)
    return {
      format: 1,
      id: `${this.id.slice(0, -4)}${position.toString(16).padStart(4, '0')}`,
      key: hash('sha256', `key ${this.#number} ${position}`),
      run: { id: this.id, name: `past-${this.#number}`, pipeline: 'past' },
      invocation: `past_${position}`,
      step: 'past',
      attempt: 1,
      status: 'completed',
      outputs: { output: { kind: 'file', digest, size: 3, type: 'json@1', path: 'value.json' } },
      metrics: [],
      metadata: {},
      startedAt: this.#startedAt + position,
      endedAt: this.#startedAt + position + 1,
      producer: thisProcess(),
    }
  }

  keyTree(position: number): KeyTree {
    return { policy: 'content', parts: [{ label: 'code', value: hash('sha256', `code ${this.#number} ${position}`) }] }
  }
}
