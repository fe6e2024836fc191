import { findSourceMap } from 'node:module'

import { parseFrames, type Frame } from './parse-frames.ts'
import { foreignStackHook } from './stack-hook.ts'

/** The frames of a definition, and the same ones where V8 itself sees them if that was recorded. */
export interface RecordedFrames {
  /** As `error.stack` gave them: source maps applied, by Node or by a test runner. */
  readonly stack: string
  /** The same frames before source maps. */
  readonly rawStack?: string | undefined
}

/** A place in a file, as a frame names it. */
export interface FramePlace {
  /** Absolute path. */
  readonly file: string
  readonly query: string
  readonly line: number
  readonly column: number
}

/**
 * The place of the innermost frame in the file that the process has loaded, or `undefined` if it cannot be told.
 *
 * Code that is transformed while it is loaded (vitest, tsx, `--experimental-transform-types`) is mapped back to the
 * very file that was loaded: there the mapped position counts. Code that was built before and has source maps is mapped
 * to another file, which may not be what runs: there the built file and the position in it count.
 */
export function framePlace({ stack, rawStack }: RecordedFrames): FramePlace | undefined {
  const mapped = placeOf(parseFrames(stack)[0])
  if (mapped === undefined) return undefined
  if (rawStack === undefined) return isOfLoadedFile(mapped.frame) ? mapped.place : undefined
  const raw = placeOf(parseFrames(rawStack)[0])
  if (raw === undefined) return undefined
  if (raw.place.file === mapped.place.file) return mapped.place
  return isMappedByNode(raw, mapped.place) ? raw.place : undefined
}

interface Placed {
  readonly frame: Frame
  readonly place: FramePlace
}

function placeOf(frame: Frame | undefined): Placed | undefined {
  if (frame?.file === undefined) return undefined
  const { file, query, line, column } = frame
  return { frame, place: { file, query, line, column } }
}

/** Whether a mapped frame surely names a file that was loaded: not one that another file was built from. */
function isOfLoadedFile({ location }: Frame): boolean {
  // Node writes what it has mapped as a path; only what it has not mapped keeps its URL.
  if (process.sourceMapsEnabled !== true || location.startsWith('file:')) return true
  return findSourceMap(location) !== undefined
}

/** Whether the raw position is one of the file on disk: then its map leads to the mapped one. */
function isMappedByNode({ frame, place }: Placed, mapped: FramePlace): boolean {
  if (foreignStackHook() !== undefined) return false
  const origin = findSourceMap(frame.location)?.findOrigin(place.line, place.column)
  return origin !== undefined && 'lineNumber' in origin && origin.lineNumber === mapped.line
}
