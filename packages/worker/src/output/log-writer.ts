import {
  logPrefix,
  logSegmentKey,
  type ArtifactStore,
  type LogEntry,
  type LogRef,
  type StepInvocation,
} from '@cairnml/core'

const SEGMENT_BYTES = 256 * 1024
const SEGMENT_MS = 2000
/** Characters of a line that are kept. */
const LONGEST_LINE = 16 * 1024
/** A store that is slower than the step does not make the process grow. */
const MOST_WAITING = 16 * 1024 * 1024

/** Stores what one attempt of a step prints and logs, in segments of 256 KB or 2 seconds, whichever comes first. */
export class LogWriter {
  readonly #store: ArtifactStore
  readonly #prefix: string
  /** Bytes of a log; what comes after is left out. */
  readonly #mostBytes: number
  #lines: string[] = []
  #bytes = 0
  /** Bytes of segments that are being put. */
  #waiting = 0
  #total = 0
  #count = 0
  #segments = 0
  #leftOut = 0
  #isTruncated = false
  #timer: NodeJS.Timeout | undefined
  #putting: Promise<void> = Promise.resolve()
  #closed: Promise<LogRef | undefined> | undefined

  constructor(
    store: ArtifactStore,
    of: Pick<StepInvocation, 'run' | 'invocation' | 'attempt'>,
    { mostBytes = 64 * 1024 * 1024 }: { readonly mostBytes?: number } = {},
  ) {
    this.#store = store
    this.#prefix = logPrefix(of.run.id, of.invocation, of.attempt)
    this.#mostBytes = mostBytes
  }

  /** Adds a line; after `close` it is left out. */
  write(entry: LogEntry): void {
    if (this.#closed !== undefined) return
    const line = `${JSON.stringify({ ...entry, text: shortened(entry.text) })}\n`
    if (this.#total + line.length > this.#mostBytes || this.#waiting + this.#bytes + line.length > MOST_WAITING) {
      this.#leftOut += 1
      return
    }
    if (this.#leftOut > 0) this.#noteLeftOut(entry.time)
    this.#add(line)
  }

  /** Stores what is left. @returns where the log lies, or `undefined` where there is none */
  close(): Promise<LogRef | undefined> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  #add(line: string): void {
    this.#lines.push(line)
    this.#bytes += line.length
    this.#total += line.length
    this.#count += 1
    if (this.#bytes >= SEGMENT_BYTES) this.#putSegment()
    else this.#timer ??= setTimeout(() => this.#putSegment(), SEGMENT_MS).unref()
  }

  #noteLeftOut(time: number): void {
    const text = `[${this.#leftOut} lines left out: the step printed more than its log keeps]`
    this.#leftOut = 0
    this.#isTruncated = true
    this.#add(`${JSON.stringify({ time, stream: 'log', level: 'warn', text })}\n`)
  }

  #putSegment(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#lines.length === 0) return
    const body = Buffer.from(this.#lines.join(''))
    const size = this.#bytes
    this.#lines = []
    this.#bytes = 0
    this.#waiting += size
    this.#segments += 1
    const key = logSegmentKey(this.#prefix, this.#segments)
    this.#putting = this.#putting
      .then(async () => void (await this.#store.put(key, body)))
      // A result is worth more than its log: a store that is out of order says so when the manifest is put.
      .catch(() => void (this.#isTruncated = true))
      .finally(() => void (this.#waiting -= size))
  }

  async #close(): Promise<LogRef | undefined> {
    if (this.#leftOut > 0) this.#noteLeftOut(Date.now())
    this.#putSegment()
    if (this.#segments === 0) return undefined
    await this.#putting
    const log = { prefix: this.#prefix, segments: this.#segments, lines: this.#count }
    return this.#isTruncated ? { ...log, isTruncated: true } : log
  }
}

function shortened(text: string): string {
  if (text.length <= LONGEST_LINE) return text
  return `${text.slice(0, LONGEST_LINE)}... [${text.length - LONGEST_LINE} more characters]`
}
