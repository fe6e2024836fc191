import { rmdirSync, unlinkSync } from 'node:fs'
import path from 'node:path'

import { retryWhileOpen } from './object-place.ts'
import { statObject } from './object-read.ts'
import { isMissing } from './store-fault.ts'

/** Removes the file of an object and the folders that this leaves empty, up to the root; says whether there was one. */
export async function removeObject(root: string, file: string): Promise<boolean> {
  if (statObject(file) === undefined) return false
  try {
    await retryWhileOpen(() => unlinkSync(file))
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  try {
    for (let folder = path.dirname(file); folder !== root; folder = path.dirname(folder)) rmdirSync(folder)
  } catch {
    // It is not empty, or somebody else removed it.
  }
  return true
}
