import nodePath from 'node:path'

import { installCommand, runCommand, type PackageManager } from '@cairnml/core/package-manager'

import type { Created } from './write-folder.ts'

/** What to type after a project was created, a line each. */
export function projectNextSteps(created: Created, manager: PackageManager): readonly string[] {
  const run = runCommand(manager, 'cairn run hello')
  return [...enter(created), installCommand(manager).join(' '), run, script(manager, 'test')]
}

/** What to type after a plugin was created, a line each. */
export function pluginNextSteps(created: Created, manager: PackageManager): readonly string[] {
  return [...enter(created), installCommand(manager).join(' '), script(manager, 'test'), script(manager, 'build')]
}

function enter({ folder }: Created): readonly string[] {
  const path = nodePath.relative('', folder)
  if (path === '') return []
  return [`cd ${/^[\w./\\-]+$/.test(path) ? path : JSON.stringify(path)}`]
}

function script(manager: PackageManager, name: string): string {
  const run = { npm: 'npm run', pnpm: 'pnpm', yarn: 'yarn', 'yarn@berry': 'yarn', bun: 'bun run', deno: 'deno task' }
  return manager === 'npm' && name === 'test' ? 'npm test' : `${run[manager]} ${name}`
}
