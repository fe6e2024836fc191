import { existsSync, readFileSync } from 'node:fs'
import nodePath from 'node:path'

const LOCKFILES: Readonly<Record<string, string>> = {
  'pnpm-lock.yaml': 'pnpm add',
  'yarn.lock': 'yarn add',
  'bun.lock': 'bun add',
  'bun.lockb': 'bun add',
  'package-lock.json': 'npm install',
}
const NAMED = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@/

/** How the user's package manager, told by its lockfile or by the field `packageManager`, adds a package. */
export function addCommand(projectDir: string): string {
  for (let dir = projectDir; ; dir = nodePath.dirname(dir)) {
    const lockfile = Object.keys(LOCKFILES).find((file) => existsSync(nodePath.join(dir, file)))
    const command = lockfile === undefined ? namedCommand(dir) : LOCKFILES[lockfile]
    if (command !== undefined) return command
    if (dir === nodePath.dirname(dir)) return 'npm install'
  }
}

function namedCommand(dir: string): string | undefined {
  try {
    const name = NAMED.exec(readFileSync(nodePath.join(dir, 'package.json'), 'utf8'))?.[1]
    if (name === undefined) return undefined
    return name === 'npm' ? 'npm install' : `${name} add`
  } catch {
    return undefined
  }
}
