import { existsSync, statSync } from 'node:fs'
import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'

import { cairnError, isCairnError, placeOfError } from '@cairnml/core'

import { loadTypeScript } from '../../load-typescript.ts'

/**
 * Loads the module of a pipeline as Node does, and what Node refuses of TypeScript as its tsconfig says.
 *
 * @throws CAIRN_FILE_MISSING, CAIRN_FILE_FAILED; Cairn errors that the file throws as they are
 */
export async function loadFile(file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = nodePath.resolve(file)
  if (!existsSync(path)) throw cairnError('CAIRN_FILE_MISSING', { file, problem: 'it is not there' })
  if (!statSync(path).isFile()) throw cairnError('CAIRN_FILE_MISSING', { file, problem: 'it is not a file' })
  loadTypeScript()
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
  } catch (error) {
    if (isCairnError(error)) throw error
    throw cairnError('CAIRN_FILE_FAILED', { file, problem: loadProblem(error) }, { cause: error })
  }
}

/** The error in one clause, with the place in the project where it comes from. */
function loadProblem(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${inspect(error, { breakLength: Infinity })}`
  const place = placeOfError(error)
  const where = place === undefined ? '' : ` (${place})`
  return `${error.name}: ${String(error.message).trim().replace(/\.$/, '')}${where}`
}
