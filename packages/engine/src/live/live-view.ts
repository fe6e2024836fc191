import { styleText } from 'node:util'

import { hasUnicode } from '@cairnml/core'
import type { PrintedLine } from '@cairnml/worker'

import type { StepView } from '../report/step-view.ts'
import { ASCII_GLYPHS, frameOf, UNICODE_GLYPHS, type LiveRow } from './frame.ts'
import { Screen } from './screen.ts'
import { TakenStream } from './taken-streams.ts'
import { printedText } from './terminal-text.ts'

const FRAME_MS = 100
/** Frames that may come between two ticks, to show a step before it keeps the thread busy. */
const MOST_SPARE = 4
const SPARE_EVERY = 10

/** Shows the steps of all runs of this process on the terminal that standard output is. */
class LiveView {
  readonly rows: Map<object, LiveRow> = new Map()
  planned = 0
  ended = 0
  readonly #startedAt = performance.now()
  readonly #glyphs = hasUnicode(process.env) ? UNICODE_GLYPHS : ASCII_GLYPHS
  readonly #stdout: TakenStream
  readonly #stderr: TakenStream | undefined
  readonly #screen: Screen
  readonly #timer: NodeJS.Timeout
  readonly #repaint = (): void => this.#paint()
  readonly #close = (): void => this[Symbol.dispose]()
  #lines = ''
  #paintedAt = 0
  #spare = MOST_SPARE
  #ticks = 0
  #isOpen = true

  constructor() {
    const add = (text: string): void => void (this.#lines += text)
    this.#stdout = new TakenStream(process.stdout, add)
    this.#stderr = process.stderr.isTTY ? new TakenStream(process.stderr, add) : undefined
    const write = (text: string): void => this.#stdout.write(text)
    this.#screen = new Screen({
      get columns(): number {
        return process.stdout.columns || 80
      },
      write,
    })
    this.#timer = setInterval(() => this.#tick(), FRAME_MS).unref()
    process.stdout.on('resize', this.#repaint)
    process.once('exit', this.#close)
  }

  line(text: string): void {
    this.#lines += `${text}\n`
  }

  printed({ stream, text }: PrintedLine, prefix: string): void {
    if (stream === 'stderr' && this.#stderr === undefined) process.stderr.write(`${text}\n`)
    else this.line(prefix + printedText(text))
  }

  /** Paints now, where that does not come too often. */
  flush(): void {
    const isEarly = performance.now() - this.#paintedAt < FRAME_MS
    if (isEarly && this.#spare === 0) return
    if (isEarly) this.#spare -= 1
    this.#paint()
  }

  /** Leaves the lines, and nothing else. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    clearInterval(this.#timer)
    process.stdout.off('resize', this.#repaint)
    process.off('exit', this.#close)
    this.#screen.paint(this.#lines, [])
    this.#stderr?.[Symbol.dispose]()
    this.#stdout[Symbol.dispose]()
  }

  #tick(): void {
    this.#ticks += 1
    if (this.#ticks % SPARE_EVERY === 0) this.#spare = Math.min(MOST_SPARE, this.#spare + 1)
    this.#paint()
  }

  #paint(): void {
    const { rows, planned, ended } = this
    const nowMs = performance.now()
    this.#paintedAt = nowMs
    const space = {
      columns: process.stdout.columns || 80,
      rows: process.stdout.rows || 24,
      nowMs,
      glyphs: this.#glyphs,
    }
    const state = { rows: [...rows.values()], planned, ended, startedAt: this.#startedAt }
    const lines = this.#lines
    this.#lines = ''
    this.#screen.paint(lines, frameOf(state, space))
  }
}

let shared: { readonly view: LiveView; runs: number } | undefined

/** The part of one run in what is shown; the last one that is disposed ends it. */
export class LiveRun implements StepView, Disposable {
  readonly #shared: NonNullable<typeof shared>
  readonly #rows = new Map<string, object>()
  readonly #ended = new Set<string>()
  #isOpen = true

  constructor() {
    shared ??= { view: new LiveView(), runs: 0 }
    shared.runs += 1
    this.#shared = shared
  }

  line(text: string): void {
    this.#shared.view.line(toned(text))
  }

  flush(): void {
    this.#shared.view.flush()
  }

  planned(steps: number): void {
    this.#shared.view.planned += steps
  }

  started(step: string): void {
    const key = {}
    this.#rows.set(step, key)
    this.#shared.view.rows.set(key, { name: step, startedAt: performance.now() })
  }

  progressed(step: string, fraction: number, text: string | undefined): void {
    const key = this.#rows.get(step)
    const row = key === undefined ? undefined : this.#shared.view.rows.get(key)
    if (key !== undefined && row !== undefined)
      this.#shared.view.rows.set(key, { ...row, progress: { fraction, text } })
  }

  ended(step: string): void {
    if (this.#ended.has(step)) return
    this.#ended.add(step)
    this.#shared.view.ended += 1
    this.#forget(step)
  }

  printed(step: string, line: PrintedLine): void {
    const { view } = this.#shared
    view.printed(line, view.rows.size > 1 ? `${styleText('dim', `[${step}]`)} ` : '')
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const step of this.#rows.keys()) this.#forget(step)
    this.#shared.runs -= 1
    if (this.#shared.runs > 0) return
    shared = undefined
    this.#shared.view[Symbol.dispose]()
  }

  #forget(step: string): void {
    const key = this.#rows.get(step)
    if (key !== undefined) this.#shared.view.rows.delete(key)
    this.#rows.delete(step)
  }
}

/** The lines are those of a run elsewhere; on a terminal some have a colour. */
function toned(text: string): string {
  if (/^(?:Step|Pipeline run) \S.* (?:has failed|was cancelled) after /.test(text)) return styleText('red', text)
  if (/^Pipeline run \S+ has finished in /.test(text)) return styleText('green', text)
  if (text.startsWith('Using cached version of ')) return styleText('dim', text)
  const [prefix] = /^\[[^\]]+\] /.exec(text) ?? []
  return prefix === undefined ? text : styleText('dim', prefix) + text.slice(prefix.length)
}
