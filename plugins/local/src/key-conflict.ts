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

/** What lies where the file of an object belongs, and what to do about it; `undefined` where nothing does. */
export function obstacleOf(place: string): string | undefined {
  const stats = lstatSync(place, { throwIfNoEntry: false })
  if (stats === undefined || stats.isFile()) return undefined
  const what = stats.isDirectory() ? 'a folder' : stats.isSymbolicLink() ? 'a symbolic link' : 'no file'
  return `${place}, where it belongs, is ${what}; move that away`
}

function inTheWay(root: string, key: string): string | undefined {
  const parts = key.split('/')
  for (let count = 1; count < parts.length; count++) {
    const outer = parts.slice(0, count).join('/')
    if (kindOf(path.join(root, outer)) === 'file')
      return `the object ${outer} is there, and a file cannot be a folder too`
  }
  const place = path.join(root, key)
  if (kindOf(place) !== 'folder') return undefined
  return `there are objects below it, and a folder cannot be a file too; if what lies in ${place} is none of Cairn's, move it away`
}

function kindOf(place: string): 'file' | 'folder' | undefined {
  const stats = lstatSync(place, { throwIfNoEntry: false })
  if (stats === undefined) return undefined
  return stats.isDirectory() ? 'folder' : 'file'
}
