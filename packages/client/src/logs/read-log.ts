import { resultFolder, type ArtifactStore, type LogEntry } from '@cairnml/core'

/** A line of the log of a step run. */
export interface LoggedLine extends LogEntry {
  /** From 1. */
  readonly attempt: number
}

/** Which part of a log is read. */
export interface LogOptions {
  /** One attempt. @default all of them, one after the other */
  readonly attempt?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** The step run whose log is read. */
export interface LogSource {
  readonly run: string
  readonly invocation: string
}

/** A part of a log, which is stored once and does not change. */
export interface LogSegment {
  readonly attempt: number
  /** From 1, in the attempt. */
  readonly number: number
  readonly key: string
}

/**
 * The lines that a step printed and logged, in order, as far as they are stored: while the step runs that is all but the
 * last two seconds. A line that is damaged is left out.
 */
export async function* readLog(
  store: ArtifactStore,
  source: LogSource,
  options: LogOptions = {},
): AsyncIterable<LoggedLine> {
  for (const segment of await segmentsOf(store, source, options)) yield* readSegment(store, segment, options)
}

/** The lines of a part of a log. */
export async function* readSegment(
  store: ArtifactStore,
  { key, attempt }: LogSegment,
  { signal }: LogOptions,
): AsyncIterable<LoggedLine> {
  const bytes = await store.get(key, { signal })
  if (bytes === undefined) return
  for await (const line of linesOf(bytes)) {
    const entry = parsed(line)
    if (entry !== undefined) yield { ...entry, attempt }
  }
}

/** The parts of a log that are stored, in order. */
export async function segmentsOf(
  store: ArtifactStore,
  { run, invocation }: LogSource,
  { attempt: wanted, signal }: LogOptions,
): Promise<readonly LogSegment[]> {
  const folder = resultFolder(run, invocation)
  const segments: LogSegment[] = []
  for await (const { key } of store.list(folder, { signal })) {
    const [, attempt, number] = /^(\d+)\/log\/(\d+)\.ndjson$/.exec(key.slice(folder.length)) ?? []
    if (attempt !== undefined && number !== undefined) {
      segments.push({ attempt: Number(attempt), number: Number(number), key })
    }
  }
  const meant = segments.filter(({ attempt }) => wanted === undefined || attempt === wanted)
  return meant.toSorted((a, b) => a.attempt - b.attempt || a.number - b.number)
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let held = ''
  for await (const chunk of bytes) {
    const lines = (held + decoder.decode(chunk, { stream: true })).split('\n')
    held = lines.pop() ?? ''
    yield* lines
  }
  if (held !== '') yield held
}

function parsed(line: string): LogEntry | undefined {
  try {
    const json: unknown = JSON.parse(line)
    return isEntry(json) ? json : undefined
  } catch {
    return undefined
  }
}

function isEntry(json: unknown): json is LogEntry {
  if (typeof json !== 'object' || json === null) return false
  return (
    'time' in json &&
    typeof json.time === 'number' &&
    'stream' in json &&
    typeof json.stream === 'string' &&
    'text' in json &&
    typeof json.text === 'string'
  )
}
