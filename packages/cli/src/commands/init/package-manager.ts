import { existsSync, readFileSync } from 'node:fs'
import nodePath from 'node:path'

/** Programs that install packages. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun'

const LOCKFILES: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
]
const NAMED = /^(npm|pnpm|yarn|bun)[@/]/

/**
 * The package manager of a folder: that of the nearest lockfile or `packageManager` field above, else the one that
 * started this process, else npm.
 */
export function packageManagerOf(folder: string, environment: NodeJS.ProcessEnv = process.env): PackageManager {
  for (let dir = folder; ; dir = nodePath.dirname(dir)) {
    const found = LOCKFILES.find(([file]) => existsSync(nodePath.join(dir, file)))
    const manager = found?.[1] ?? named(manifestOf(dir)?.['packageManager'])
    if (manager !== undefined) return manager
    if (dir === nodePath.dirname(dir)) return named(environment['npm_config_user_agent']) ?? 'npm'
  }
}

/** How it installs what a manifest lists, or adds packages to it. */
export function installCommand(manager: PackageManager, packages: readonly string[]): string {
  if (packages.length === 0) return `${manager} install`
  return `${manager} ${manager === 'npm' ? 'install' : 'add'} ${packages.join(' ')}`
}

/** How it runs the command of an installed package. */
export function runCommand(manager: PackageManager, command: string): string {
  return `${{ npm: 'npx', pnpm: 'pnpm', yarn: 'yarn', bun: 'bunx' }[manager]} ${command}`
}

/** The `package.json` of a folder; one that cannot be read says nothing. */
export function manifestOf(folder: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const manifest = JSON.parse(readFileSync(nodePath.join(folder, 'package.json'), 'utf8')) as unknown
    // Sound: an object that is not null has properties.
    return typeof manifest === 'object' && manifest !== null ? (manifest as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function named(text: unknown): PackageManager | undefined {
  // Sound: the expression admits only these names.
  return typeof text === 'string' ? (NAMED.exec(text)?.[1] as PackageManager | undefined) : undefined
}
