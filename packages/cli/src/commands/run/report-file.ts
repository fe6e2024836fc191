import { accessSync, constants, statSync, type Stats } from 'node:fs'
import nodePath from 'node:path'

import { usageError } from '../../flags/parse-flags.ts'

/**
 * Refuses a place for `--report` where no file can be written, before anything is run.
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function assertReportFile(path: string): void {
  const problem = placeProblem(nodePath.resolve(path), path)
  if (problem !== undefined) throw usageError(`--report needs a file that can be written: ${problem}.`)
}

function placeProblem(file: string, given: string): string | undefined {
  if (given === '') return 'it is empty'
  const there = statsOf(file)
  if (there !== undefined && !there.isFile())
    return `${given} is ${there.isDirectory() ? 'a folder' : 'no regular file'}`
  const folder = nearestThere(nodePath.dirname(file))
  if (statsOf(folder)?.isDirectory() !== true) return `${folder} is no folder`
  try {
    accessSync(folder, constants.W_OK)
    return undefined
  } catch {
    return `nothing can be written in ${folder}`
  }
}

/** The folder itself, or the nearest one above that exists: those between are made. */
function nearestThere(folder: string): string {
  const above = nodePath.dirname(folder)
  return statsOf(folder) === undefined && above !== folder ? nearestThere(above) : folder
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}
