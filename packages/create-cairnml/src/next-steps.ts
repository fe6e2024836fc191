import { readFileSync } from 'node:fs'
import nodePath from 'node:path'

import { installCommand, runCommand, type PackageManager } from '@cairnml/core/package-manager'

import type { Created } from './write-folder.ts'

/** What to type after a project was created, a line each. */
export function projectNextSteps(created: Created, manager: PackageManager): readonly string[] {
  const run = runCommand(manager, 'cairn run hello')
  return [...enter(created), install(created, manager), run, script(manager, 'test')]
}

/** What to type after a plugin was created, a line each. */
export function pluginNextSteps(created: Created, manager: PackageManager): readonly string[] {
  return [...enter(created), install(created, manager), script(manager, 'test'), script(manager, 'build')]
}

function enter({ folder }: Created): readonly string[] {
  const path = nodePath.relative('', folder)
  if (path === '') return []
  return [`cd ${/^[\w./\\-]+$/.test(path) ? path : JSON.stringify(path)}`]
}

/**
 * In a folder below a `pnpm-workspace.yaml` pnpm installs for the workspace, and nothing for a package that is none of it.
 * pnpm writes such a file also into projects that are no workspace: settings are in there.
 */
function install({ folder }: Created, manager: PackageManager): string {
  const command = installCommand(manager).join(' ')
  return manager === 'pnpm' && isBelowNoWorkspace(nodePath.resolve(folder)) ? `${command} --ignore-workspace` : command
}

/** Whether the nearest `pnpm-workspace.yaml` above a folder names no packages; where it does, pnpm and its reader know more. */
function isBelowNoWorkspace(folder: string): boolean {
  const parent = nodePath.dirname(folder)
  if (parent === folder) return false
  const text = textOf(nodePath.join(parent, 'pnpm-workspace.yaml'))
  return text === undefined ? isBelowNoWorkspace(parent) : !/^["']?packages["']?\s*:/m.test(text)
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function script(manager: PackageManager, name: string): string {
  const run = { npm: 'npm run', pnpm: 'pnpm', yarn: 'yarn', 'yarn@berry': 'yarn', bun: 'bun run', deno: 'deno task' }
  return manager === 'npm' && name === 'test' ? 'npm test' : `${run[manager]} ${name}`
}
