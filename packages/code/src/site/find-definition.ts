import { readFileSync, realpathSync } from 'node:fs'

import type { DefinitionSite } from '@cairnml/core'

import { locateCall, type LocatedCall } from './locate-call.ts'
import { parseFrames, type Frame } from './parse-frames.ts'
import { isImplementedInPlace, isTopLevelDeclaration, type IsWhole } from './top-level.ts'

/** The place in a file on disk that defines a step. */
export interface Definition {
  /** Real path of the file. */
  readonly file: string
  /** Query and fragment of the module's URL, which tell instances of one module apart. */
  readonly query: string
  readonly call: LocatedCall
}

/** Why a definition cannot be used, and where it is if that is known. */
export interface UnusableDefinition {
  readonly reason: string
  readonly file?: string | undefined
  readonly line?: number | undefined
}

const CAPTURES = 'so values that it captures cannot be compared'
const NOT_FOUND: UnusableDefinition = { reason: 'the source of this step cannot be found' }

/** Finds the call of `step()` in the file on disk and makes sure that it runs at the top level of that file. */
export function findDefinition(site: DefinitionSite, isWhole: IsWhole): Definition | UnusableDefinition {
  const [frame, caller] = parseFrames(site.stack)
  if (frame?.file === undefined) return NOT_FOUND
  const source = readSource(frame.file)
  if (source === undefined) return NOT_FOUND
  const call = locateCall(source.text, frame.line, frame.column)
  if (call === undefined) return NOT_FOUND
  const reason = reasonAgainst({ site, frame, caller, text: source.text, call, isWhole })
  if (reason !== undefined) return { reason, file: source.file, line: frame.line }
  return { file: source.file, query: frame.query, call }
}

interface Evidence {
  readonly site: DefinitionSite
  readonly frame: Frame
  readonly caller: Frame | undefined
  readonly text: string
  readonly call: LocatedCall
  readonly isWhole: IsWhole
}

function reasonAgainst(evidence: Evidence): string | undefined {
  const { site, frame, caller, text, call, isWhole } = evidence
  if (isInFunction(frame, caller)) return `it is defined inside a function, ${CAPTURES}`
  if (site.repeated) return `several steps are defined at the same place, ${CAPTURES}`
  if (!isTopLevelDeclaration(text, call, isWhole)) {
    return `it is not the value of a declaration at the top level of its file, ${CAPTURES}`
  }
  if (!isImplementedInPlace(text, call, isWhole)) {
    return `its function is not given where the step is declared, ${CAPTURES}`
  }
  return undefined
}

/** Named frames are functions (`Object.<anonymous>` is a CommonJS module); only a loader may call the top level. */
function isInFunction(frame: Frame, caller: Frame | undefined): boolean {
  if (frame.functionName !== undefined && frame.functionName !== 'Object.<anonymous>') return true
  if (caller === undefined) return false
  return !caller.location.startsWith('node:') && !/[\\/]node_modules[\\/]/.test(caller.location)
}

function readSource(file: string): { file: string; text: string } | undefined {
  try {
    // V8 does not count a byte order mark in its columns.
    return { file: realpathSync(file), text: readFileSync(file, 'utf8').replace(/^\uFEFF/, '') }
  } catch {
    return undefined
  }
}
