import { LineCounter, parseDocument } from 'yaml'

import { cairnError } from '../errors/cairn-error.ts'
import type { ConfigDocument } from './config-document.ts'
import { ConfigPlaces } from './config-places.ts'
import { NodeProblem, PlainValues } from './plain-value.ts'

/**
 * Parses YAML 1.2, and so JSON. Nothing in it is executed, and no tag makes anything but plain data. An empty document
 * is an empty object.
 *
 * @param file as errors show it
 * @throws CAIRN_CONFIG_INVALID
 */
export function parseConfigDocument(text: string, file: string): ConfigDocument {
  const lines = new LineCounter()
  const places = new ConfigPlaces(file, (offset) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  })
  try {
    return { file, value: plainValue(text, { lines, places }), place: (path, of) => places.find(path, of) }
  } catch (error) {
    const { problem, offset } = documentProblem(error)
    const problems = [{ at: places.at(offset), problem }]
    throw cairnError('CAIRN_CONFIG_INVALID', { problems }, { cause: error })
  }
}

function plainValue(
  text: string,
  { lines, places }: { readonly lines: LineCounter; readonly places: ConfigPlaces },
): unknown {
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    // Each comparison of all names with all others; `PlainValues` looks them up.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  })
  const exhausted = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  if (exhausted !== undefined) throw new NodeProblem('it is nested too deeply', exhausted.pos[0])
  const several = document.errors.find(({ code }) => code === 'MULTIPLE_DOCS')
  if (several !== undefined) throw new NodeProblem('a second document starts here: one file holds one', several.pos[0])
  if (document.errors.length > 0) refuseConflict(text)
  const [fault] = [...document.errors, ...document.warnings]
  if (fault !== undefined) throw new NodeProblem(sentencePart(fault.message), fault.pos[0])
  return document.contents === null ? {} : new PlainValues(places).of(document.contents, [], 0)
}

/** The lines that git writes around what it could not merge. */
const CONFLICT: readonly RegExp[] = [/^<{7}(?!<)/m, /^={7}\r?$/m, /^>{7}(?!>)/m]

/** What the parser makes of such lines tells nobody what is wrong. */
function refuseConflict(text: string): void {
  const [start] = CONFLICT.map((line) => text.search(line)).filter((_at, _index, all) => !all.includes(-1))
  if (start !== undefined) throw new NodeProblem('a merge conflict of git starts here, and is not resolved', start)
}

function documentProblem(error: unknown): { readonly problem: string; readonly offset: number } {
  if (error instanceof NodeProblem) return { problem: error.message, offset: error.offset }
  return { problem: sentencePart(error instanceof Error ? error.message : String(error)), offset: 0 }
}

/** The parser quotes what it read: one line of it is enough. */
function sentencePart(message: string): string {
  const [line = ''] = message.split('\n')
  return line.replace(/[.:]$/, '').slice(0, 200)
}
