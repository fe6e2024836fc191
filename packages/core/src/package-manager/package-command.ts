import { resolveCommand } from 'package-manager-detector/commands'

import type { PackageManager } from './package-manager.ts'

/** How packages are added. */
export interface AddOptions {
  /** To `devDependencies`. @default false */
  readonly dev?: boolean | undefined
}

/** A program and its arguments. */
export type CommandLine = readonly [string, ...string[]]

/** How a package manager installs what the manifest lists. */
export function installCommand(manager: PackageManager): CommandLine {
  return commandLine(manager, 'install', [])
}

/** How a package manager adds packages to a project. */
export function addCommand(
  manager: PackageManager,
  packages: readonly string[],
  { dev = false }: AddOptions = {},
): CommandLine {
  return commandLine(manager, 'add', [...(dev ? [manager === 'bun' ? '--dev' : '-D'] : []), ...packages])
}

/** How a package manager removes packages from a project. */
export function removeCommand(manager: PackageManager, packages: readonly string[]): CommandLine {
  return commandLine(manager, 'uninstall', packages)
}

/** How a package manager runs the command of an installed package: `npx cairn run`. */
export function runCommand(manager: PackageManager, command: string): string {
  const runs = { npm: 'npx', pnpm: 'pnpm', yarn: 'yarn', 'yarn@berry': 'yarn', bun: 'bunx', deno: 'npx' }
  return `${runs[manager]} ${command}`
}

function commandLine(
  manager: PackageManager,
  work: 'install' | 'add' | 'uninstall',
  given: readonly string[],
): CommandLine {
  const resolved = resolveCommand(manager, work, [...given])
  if (resolved === null) throw new Error(`${manager} has no command for ${work}.`)
  const { command, args } = resolved
  // The short form is for those who know it.
  return [command, ...args.map((word, at) => (at === 0 && word === 'i' ? 'install' : word))]
}
