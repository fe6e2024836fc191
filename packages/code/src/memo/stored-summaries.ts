import { appendFileSync, readFileSync } from 'node:fs'

import type { ModuleSummary } from '../summary/module-summary.ts'
import { writeIfPossible } from './memo-json.ts'

/** What is thrown away when the file is written anew is at least half of it. */
const MOST_DEAD = 0.5
const SHA256_DIGITS = 64
const NEW_LINE = 0x0a
const SPACE = 0x20

/**
 * Summaries of modules by hash of the content and extension. On the disk they are lines of one file, to which new ones
 * are appended, and each is parsed when it is asked for: iterating gives only those that were.
 */
export class StoredSummaries extends Map<string, ModuleSummary> {
  readonly #path: string | undefined
  readonly #format: string
  readonly #fresh = new Map<string, ModuleSummary>()
  #lines: ReadonlyMap<string, Buffer> | undefined

  constructor(path: string | undefined, format: string) {
    super()
    this.#path = path
    this.#format = format
  }

  override get(key: string): ModuleSummary | undefined {
    const known = super.get(key)
    if (known !== undefined) return known
    const line = this.#stored().get(key)
    const summary = line === undefined ? undefined : parsed(line)
    if (summary !== undefined) super.set(key, summary)
    return summary
  }

  override set(key: string, summary: ModuleSummary): this {
    this.#fresh.set(key, summary)
    return super.set(key, summary)
  }

  /** Writes what is new; the hashes are those of the contents that are still there. */
  write(hashes: ReadonlySet<string>): void {
    if (this.#path === undefined) return
    const isLive = (key: string): boolean => hashes.has(key.slice(0, SHA256_DIGITS))
    const fresh = Array.from(this.#fresh).filter(([key]) => isLive(key))
    this.#fresh.clear()
    const stored = this.#stored()
    const live = Array.from(stored).filter(([key]) => isLive(key))
    const isMostlyDead = stored.size - live.length > (live.length + fresh.length) * MOST_DEAD
    if (fresh.length === 0 && !isMostlyDead) return
    const lines = fresh.map(([key, summary]) => [key, Buffer.from(JSON.stringify(summary))] as const)
    if (stored.size === 0 || isMostlyDead) {
      writeIfPossible(this.#path, Buffer.concat([Buffer.from(`${this.#format}\n`), block([...live, ...lines])]))
      this.#lines = new Map([...live, ...lines])
    } else {
      append(this.#path, block(lines))
      this.#lines = new Map([...stored, ...lines])
    }
  }

  #stored(): ReadonlyMap<string, Buffer> {
    return (this.#lines ??= this.#path === undefined ? new Map() : linesOf(this.#path, this.#format))
  }
}

/** Begins with the end of a line: what another process may have left unfinished is then a line of its own. */
function block(lines: readonly (readonly [key: string, json: Buffer])[]): Buffer {
  return Buffer.concat(lines.flatMap(([key, json]) => [Buffer.from(`\n${key} `), json]).concat(Buffer.from('\n')))
}

function append(path: string, lines: Buffer): void {
  try {
    appendFileSync(path, lines)
  } catch {
    // What is not written is found out again.
  }
}

function linesOf(path: string, format: string): ReadonlyMap<string, Buffer> {
  const lines = new Map<string, Buffer>()
  const bytes = bytesOf(path)
  let start = bytes.indexOf(NEW_LINE) + 1
  if (bytes.toString('utf8', 0, start) !== `${format}\n`) return lines
  while (start < bytes.length) {
    const next = bytes.indexOf(NEW_LINE, start)
    const end = next === -1 ? bytes.length : next
    const space = bytes.indexOf(SPACE, start)
    if (space > start && space < end) lines.set(bytes.toString('latin1', start, space), bytes.subarray(space + 1, end))
    start = end + 1
  }
  return lines
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

function parsed(line: Buffer): ModuleSummary | undefined {
  try {
    // Sound: only summaries are written, in the format of this version; half of a line is no JSON.
    return JSON.parse(line.toString('utf8')) as ModuleSummary
  } catch {
    return undefined
  }
}
