import { readFileSync, realpathSync } from 'node:fs'

import { framePlace, type RecordedFrames } from './frame-place.ts'
import { locateCall } from './locate-call.ts'

/** The call that defines a step, in the file on disk. */
export interface CallPlace {
  /** Real path. */
  readonly file: string
  /** Query and fragment of the module's URL, which tell instances of one module apart. */
  readonly query: string
  /**
   * Where the last name of the callee starts, `step` in `cairn.step(` and in `(step as Any)(`; where there is no such
   * name, the opening parenthesis of the arguments. In UTF-16 code units from the start of the text without a byte order
   * mark.
   */
  readonly offset: number
  /** The line of that offset, from 1. */
  readonly line: number
}

/** Why the call cannot be found. */
export interface UnknownCall {
  /** One clause, without a full stop. */
  readonly reason: string
}

const LINE_END = /\r\n|[\n\r\u2028\u2029]/
const NOT_FOUND: UnknownCall = { reason: 'the source of this step cannot be found' }

/**
 * Finds the call that a definition was recorded at. The position must be that of a call in the file as it is on disk:
 * otherwise something else ran, and the answer is a reason.
 */
export function findCall(site: RecordedFrames): CallPlace | UnknownCall {
  const place = framePlace(site)
  if (place === undefined) return NOT_FOUND
  const source = readSource(place.file)
  if (source === undefined) return NOT_FOUND
  const call = locateCall(source.text, place.line, place.column)
  if (call === undefined) return NOT_FOUND
  const line = source.text.slice(0, call.nameStart).split(LINE_END).length
  return { file: source.file, query: place.query, offset: call.nameStart, line }
}

function readSource(file: string): { readonly file: string; readonly text: string } | undefined {
  try {
    // V8 does not count a byte order mark in its columns.
    return { file: realpathSync(file), text: readFileSync(file, 'utf8').replace(/^\uFEFF/, '') }
  } catch {
    return undefined
  }
}
