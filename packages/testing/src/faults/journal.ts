import { appendFileSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Json } from '@cairnml/core'

/** What a component with a journal may do wrong. */
export type JournalFault = 'locks nothing' | 'writes in two halves' | 'promises before it writes'

const LATE_MS = 100

/** A file of lines that several processes append to, with a fault. */
export class Journal {
  readonly #file: string
  readonly #fault: JournalFault
  #seen = 0

  constructor(file: string, fault: JournalFault) {
    this.#file = file
    this.#fault = fault
  }

  /** Adds lines: all at once or none, unless that is the fault. */
  async append(lines: readonly Json[]): Promise<void> {
    const texts = lines.map((line) => `${JSON.stringify(line)}\n`)
    if (this.#fault === 'locks nothing') await sleep(1)
    if (this.#fault === 'promises before it writes')
      setTimeout(() => appendFileSync(this.#file, texts.join('')), LATE_MS)
    else if (this.#fault === 'writes in two halves') await this.#appendHalves(texts)
    else appendFileSync(this.#file, texts.join(''))
  }

  async #appendHalves(texts: readonly string[]): Promise<void> {
    const half = Math.ceil(texts.length / 2)
    appendFileSync(this.#file, texts.slice(0, half).join(''))
    await sleep(5 * LATE_MS)
    appendFileSync(this.#file, texts.slice(half).join(''))
  }

  /** The lines that were added since it was asked last. */
  news(): readonly Json[] {
    const text = readFileSync(this.#file, { encoding: 'utf8', flag: 'a+' })
    const end = text.lastIndexOf('\n') + 1
    const lines = text.slice(this.#seen, end).split('\n').slice(0, -1)
    this.#seen = end
    // Sound: `append` alone writes here.
    return lines.map((line) => JSON.parse(line) as Json)
  }
}
