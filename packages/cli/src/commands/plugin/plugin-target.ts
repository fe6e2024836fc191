import { readFileSync, statSync } from 'node:fs'
import nodePath from 'node:path'

import { cairnError, isCairnError } from '@cairnml/core'
import { pluginComponents, type InstalledComponent } from '@cairnml/core/stack-files'

import type { StackSession } from '../stack/stack-session.ts'

/** The components of a plugin, and where it is. */
export interface PluginTarget {
  readonly components: readonly InstalledComponent[]
  /** Folders from which packages that belong to it are found. */
  readonly folders: readonly string[]
}

/**
 * Loads the plugin that is meant by a name, by a file, or by the folder of its package.
 *
 * @throws CAIRN_PLUGIN_MISSING, CAIRN_PLUGIN_INVALID
 */
export async function pluginTarget(given: string, { environment, projectDir }: StackSession): Promise<PluginTarget> {
  const path = nodePath.resolve(given)
  const isPath = given === '.' || given === '..' || /[\\/]/.test(given.replace(/^@[^/]+\//, ''))
  if (!isPath) return { components: await pluginComponents(given, environment), folders: [projectDir] }
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  const folder = isFolder ? path : nodePath.dirname(path)
  const components = isFolder ? ofPackage(path) : pluginComponents(path, environment)
  return { components: await components, folders: [projectDir, folder] }
}

/** A package finds itself by its own name. */
async function ofPackage(folder: string): Promise<readonly InstalledComponent[]> {
  const name = packageName(folder)
  try {
    return await pluginComponents(name, { projectDir: folder, fallbackDirs: [] })
  } catch (error) {
    if (!isCairnError(error, 'CAIRN_PLUGIN_MISSING')) throw error
    const problem = `what its package.json exports is not there, or it exports nothing: build it first`
    throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: folder, problem }, { cause: error })
  }
}

function packageName(folder: string): string {
  try {
    // Sound: only the presence of a name is assumed, and it is checked.
    const { name } = JSON.parse(readFileSync(nodePath.join(folder, 'package.json'), 'utf8')) as {
      readonly name?: unknown
    }
    if (typeof name === 'string') return name
  } catch {
    // Said below.
  }
  const problem = 'the folder has no package.json with a name'
  throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: folder, problem })
}
