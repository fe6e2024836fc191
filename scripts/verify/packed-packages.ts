import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { publishedPackages, type WorkspacePackage } from '../repository/repository.ts'
import { runCommand, type CommandResult } from '../repository/run-command.ts'
import type { StageResult } from './stage.ts'

/** Packs every published package as it would be published and lets publint and attw judge the tarballs. */
export async function checkPackedPackages(root: string): Promise<StageResult> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-pack-'))
  try {
    const packages = publishedPackages(root)
    const results: CommandResult[] = []
    for (const each of packages) results.push(...(await checkPackage(each, folder)))
    return {
      passed: results.every(({ passed }) => passed),
      note: `${packages.length} packages`,
      output: results
        .filter(({ passed }) => !passed)
        .map(({ output }) => output)
        .join('\n'),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function checkPackage({ folder: cwd, manifest }: WorkspacePackage, folder: string): Promise<CommandResult[]> {
  const tarball = join(folder, `${manifest.name.replace('@', '').replace('/', '-')}.tgz`)
  // Not `npm pack`: only pnpm applies publishConfig.exports and writes versions in place of workspace ranges.
  const packed = await runCommand(['pnpm', 'pack', '--out', tarball], { cwd })
  if (!packed.passed) return [packed]
  return Promise.all([
    runCommand(['publint', 'run', tarball, '--strict'], { cwd }),
    runCommand(['attw', tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'], { cwd }),
  ])
}
