import { errorRecord, PROVENANCE, type CodeProvenance } from '@cairnml/core'
import type { OpenStack } from '@cairnml/core/stack'

import { orAborted } from '../execute/or-aborted.ts'

/** How long it may take, in milliseconds, before it is asked to end, and from then on. */
export interface ProvenanceTimes {
  readonly workMs: number
  readonly endMs: number
}

const TIMES: ProvenanceTimes = { workMs: 10_000, endMs: 1_000 }
const MOST_TEXT = 300

/** Which state of the code a run is made with, found out beside its steps. Nothing that goes wrong here fails the run. */
export class ProvenanceWatch {
  readonly #stack: OpenStack
  readonly #times: ProvenanceTimes
  readonly #asked = new AbortController()
  #found: Promise<CodeProvenance> | undefined

  constructor(stack: OpenStack, times: ProvenanceTimes = TIMES) {
    this.#stack = stack
    this.#times = times
  }

  /** Begins to find out, at the first call, where the stack has a component for it. */
  start(): void {
    const type = this.#stack.components['provenance']?.type
    if (type !== undefined) this.#found ??= this.#collect(type)
  }

  /** What was found out, or `undefined` where nobody asked. Who is in a hurry gets what is known soon. */
  end({ inHurry }: { readonly inHurry: boolean }): Promise<CodeProvenance | undefined> {
    if (inHurry) this.#asked.abort(new Error('the run was cancelled'))
    return Promise.resolve(this.#found)
  }

  async #collect(type: string): Promise<CodeProvenance> {
    const { workMs, endMs } = this.#times
    const gone = new AbortController()
    const signal = this.#asked.signal
    let last: NodeJS.Timeout | undefined
    signal.addEventListener('abort', () => {
      last = setTimeout(() => gone.abort(signal.reason), endMs)
    })
    const first = setTimeout(() => this.#asked.abort(new Error(`it took longer than ${workMs / 1000} s`)), workMs)
    try {
      const work = this.#stack.get(PROVENANCE).then((component) => component.collect({ signal }))
      // Recorded as it is, so what is no JSON has to fail here.
      return JSON.parse(JSON.stringify(await orAborted(work, gone.signal))) as CodeProvenance
    } catch (error) {
      return { type, missing: [errorRecord(error).message.replaceAll(/\s+/g, ' ').slice(0, MOST_TEXT)] }
    } finally {
      clearTimeout(first)
      clearTimeout(last)
    }
  }
}
