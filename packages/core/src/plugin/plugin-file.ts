import { statSync } from 'node:fs'
import nodePath from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { cairnError } from '../errors/cairn-error.ts'

const PATH = /^\.{1,2}(?:[\\/]|$)|^file:/
const MODULE = /(?<!\.d)\.[cm]?[jt]sx?$/

/** Whether the `use` of a stack is a file of the project, which is code that anybody can write there. */
export function isPathUse(use: string): boolean {
  return PATH.test(use) || nodePath.isAbsolute(use)
}

/**
 * What to import for a path in a stack, which counts from the folder of the project.
 *
 * @throws CAIRN_PLUGIN_INVALID
 */
export function pluginFileUrl(use: string, projectDir: string): string {
  const path = pathOf(use, projectDir)
  if (isFile(path) && MODULE.test(path)) return pathToFileURL(path).href
  throw cairnError('CAIRN_PLUGIN_INVALID', {
    plugin: use,
    problem: isFile(path) ? 'it is no TypeScript or JavaScript file' : `there is no file ${path}`,
    remedy: `Correct the path: it counts from ${projectDir}.`,
  })
}

/** The path that would be meant by a `use` that is written as a name: `my-store.ts`. */
export function meantFile(use: string, projectDir: string): string | undefined {
  const isModule = MODULE.test(use) && isFile(nodePath.resolve(projectDir, use))
  return isModule ? `./${use.replaceAll('\\', '/')}` : undefined
}

function pathOf(use: string, projectDir: string): string {
  if (!use.startsWith('file:')) return nodePath.resolve(projectDir, use)
  try {
    return fileURLToPath(use)
  } catch {
    const problem = 'it is no URL of a file on this machine'
    const remedy = "Write a path like './my-store.ts', which counts from the folder of the project."
    throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: use, problem, remedy })
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    // Whatever makes it unreadable, there is no file to be loaded.
    return false
  }
}
