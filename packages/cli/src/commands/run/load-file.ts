import { existsSync, statSync } from 'node:fs'
import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'

import { cairnError, isCairnError } from '@cairnml/core'

/**
 * Loads the module of a pipeline as Node does.
 *
 * @throws CAIRN_FILE_MISSING for a file that is not there or cannot be loaded; Cairn errors that it throws as they are
 */
export async function loadFile(file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = nodePath.resolve(file)
  if (!existsSync(path)) throw cairnError('CAIRN_FILE_MISSING', { file, problem: 'it is not there' })
  if (!statSync(path).isFile()) throw cairnError('CAIRN_FILE_MISSING', { file, problem: 'it is not a file' })
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
  } catch (error) {
    if (isCairnError(error)) throw error
    throw cairnError('CAIRN_FILE_MISSING', { file, problem: loadProblem(error) }, { cause: error })
  }
}

/** The error in one clause, with the place where it was thrown. */
function loadProblem(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${String(error)}`
  const place = /\(?(?:file:\/\/)?(\/[^()\s]+:\d+:\d+)\)?/.exec(error.stack ?? '')?.[1]
  const where = place === undefined || place.includes('node_modules') ? '' : ` (${nodePath.relative('', place)})`
  return `${error.name}: ${error.message.trim().replace(/\.$/, '')}${where}`
}
