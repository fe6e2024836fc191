import nodePath from 'node:path'

import { installCommand, runCommand, startedBy } from '@cairnml/core/package-manager'

import type { Created } from './write-folder.ts'

const manager = (): NonNullable<ReturnType<typeof startedBy>> => startedBy() ?? 'npm'

/** What to type after a project was created, a line each. */
export function projectNextSteps(created: Created): readonly string[] {
  return [...enter(created), installCommand(manager()).join(' '), runCommand(manager(), 'cairn run hello'), test()]
}

/** What to type after a plugin was created, a line each. */
export function pluginNextSteps(created: Created): readonly string[] {
  return [...enter(created), installCommand(manager()).join(' '), test(), script('build')]
}

function enter({ folder }: Created): readonly string[] {
  const path = nodePath.relative('', folder)
  if (path === '') return []
  return [`cd ${/^[\w./\\-]+$/.test(path) ? path : JSON.stringify(path)}`]
}

function test(): string {
  return script('test')
}

function script(name: string): string {
  const run = { npm: 'npm run', pnpm: 'pnpm', yarn: 'yarn', 'yarn@berry': 'yarn', bun: 'bun run', deno: 'deno task' }
  return manager() === 'npm' && name === 'test' ? 'npm test' : `${run[manager()]} ${name}`
}
