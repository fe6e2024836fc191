import { SourceMap } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import { parseFrames } from '../site/parse-frames.ts'
import { foreignStackHook } from '../site/stack-hook.ts'
import type { ScriptPlace } from './inspector-connection.ts'
import { SyntheticCallSite } from './synthetic-call-site.ts'

/** A place in a file. */
export interface DiskPlace {
  /** Absolute path. */
  readonly file: string
  readonly query: string
  readonly line: number
  readonly column: number
  /** Whether no source map was needed: those name the token before at best. */
  readonly isExact: boolean
}

interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

/**
 * The place in the file that a script was loaded from. Code that was transformed while it was loaded is mapped back to
 * that very file; a map to another file is left alone: the loaded file is what runs.
 */
export function placeOnDisk({ url, sourceMapUrl, line, column }: ScriptPlace): DiskPlace | undefined {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'file:') return undefined
  const raw = { file: fileURLToPath(parsed), line, column }
  const mapped = byInlineMap(raw, sourceMapUrl) ?? byStackHook(raw)
  const query = parsed.search + parsed.hash
  if (mapped?.file !== raw.file) return { ...raw, query, isExact: true }
  return { ...mapped, query, isExact: false }
}

/** By the map that a loader put into the code. */
function byInlineMap(raw: Position, sourceMapUrl: string): Position | undefined {
  const [, base64] = /^data:application\/json;(?:charset=[\w-]+;)?base64,(.*)$/s.exec(sourceMapUrl) ?? []
  if (base64 === undefined) return undefined
  try {
    const map = new SourceMap(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')))
    const origin = map.findOrigin(raw.line, raw.column)
    if (!('fileName' in origin) || origin.fileName === undefined) return undefined
    const { fileName, lineNumber, columnNumber } = origin
    return { file: pathOf(fileName, raw.file), line: lineNumber, column: columnNumber }
  } catch {
    return undefined
  }
}

/** By whatever makes the stacks of this process readable: test runners keep their source maps to themselves. */
function byStackHook(raw: Position): Position | undefined {
  const prepare = foreignStackHook()
  if (prepare === undefined) return undefined
  try {
    const text: unknown = Reflect.apply(prepare, Error, [new Error('place'), [new SyntheticCallSite(raw)]])
    const [frame] = typeof text === 'string' ? parseFrames(text) : []
    if (frame?.file === undefined) return undefined
    return { file: frame.file, line: frame.line, column: frame.column }
  } catch {
    return undefined
  }
}

function pathOf(source: string, relativeTo: string): string {
  return source.startsWith('file:') ? fileURLToPath(source) : resolve(dirname(relativeTo), source)
}
