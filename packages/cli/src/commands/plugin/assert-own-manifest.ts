import { existsSync } from 'node:fs'
import nodePath from 'node:path'

import { cairnError } from '@cairnml/core'
import type { CommandLine } from '@cairnml/core/package-manager'

import { hideCredentials } from './hide-credentials.ts'

/** What a package manager takes for the root of a project, looking upwards. */
const MARKS = ['package.json', 'node_modules'] as const

/**
 * Makes sure that a package manager changes the project and no other one: in a folder without a `package.json` it goes to
 * the next one above that has one, or installed packages. Where none has, it makes a `package.json`.
 *
 * @throws CAIRN_PACKAGE_MANAGER_FAILED
 */
export function assertOwnManifest(projectDir: string, line: CommandLine): void {
  const found = rootFrom(projectDir)
  if (found === undefined || found === projectDir) return
  const problem = `${projectDir} has no package.json, so it would change the packages of ${found}; nothing was installed`
  const remedy = `Write {} into ${nodePath.join(projectDir, 'package.json')} and try again, or install the plugin in ${found} yourself.`
  throw cairnError('CAIRN_PACKAGE_MANAGER_FAILED', { command: hideCredentials(line.join(' ')), problem, remedy })
}

function rootFrom(folder: string): string | undefined {
  if (MARKS.some((mark) => existsSync(nodePath.join(folder, mark)))) return folder
  const above = nodePath.dirname(folder)
  return above === folder ? undefined : rootFrom(above)
}
