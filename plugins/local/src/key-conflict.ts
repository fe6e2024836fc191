import { lstatSync } from 'node:fs'
import path from 'node:path'

import { cairnError } from '@cairnml/core'

import { errorCode } from './store-fault.ts'

/**
 * Says that an object could not be stored because of its key: on a file system a name is a file or a folder, and no
 * longer than it allows. `undefined` if the key was not to blame.
 */
export function keyConflict(root: string, key: string, error: unknown): Error | undefined {
  const problem =
    errorCode(error) === 'ENAMETOOLONG' ? 'a part of it is too long for the file system' : inTheWay(root, key)
  return problem === undefined ? undefined : cairnError('CAIRN_STORE_KEY_INVALID', { key, problem }, { cause: error })
}

function inTheWay(root: string, key: string): string | undefined {
  const parts = key.split('/')
  for (let count = 1; count < parts.length; count++) {
    const outer = parts.slice(0, count).join('/')
    if (kindOf(path.join(root, outer)) === 'file')
      return `the object ${outer} is there, and a file cannot be a folder too`
  }
  return kindOf(path.join(root, key)) === 'folder'
    ? 'there are objects below it, and a folder cannot be a file too'
    : undefined
}

function kindOf(place: string): 'file' | 'folder' | undefined {
  const stats = lstatSync(place, { throwIfNoEntry: false })
  if (stats === undefined) return undefined
  return stats.isDirectory() ? 'folder' : 'file'
}
