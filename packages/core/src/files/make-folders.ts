import { mkdirSync, statSync } from 'node:fs'
import nodePath from 'node:path'

/**
 * Makes a folder and those above it. `mkdirSync` with `recursive` never returns where a folder that is there says of a new
 * one that it is nowhere, as `/proc` and automatic mounts do.
 *
 * @returns the first that was not there, as `mkdirSync` does
 * @throws the error of the system
 */
export function makeFolders(folder: string): string | undefined {
  if (isFolder(folder)) return undefined
  const parent = nodePath.dirname(folder)
  const first = parent === folder ? undefined : makeFolders(parent)
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another process may have made it.
    if (!isFolder(folder)) throw error
    return first
  }
  return first ?? folder
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
