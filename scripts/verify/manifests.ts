import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { publishedPackages, type ExportMap, type WorkspacePackage } from '../repository/repository.ts'

const SOURCE_CONDITION = '@cairnml/source'

/** What is wrong with the manifests of the published packages and with the lockfiles, one line each. */
export function manifestProblems(root: string): readonly string[] {
  const license = readFileSync(join(root, 'LICENSE'), 'utf8')
  const problems = publishedPackages(root).flatMap((each) => packageProblems(each, license))
  const registries = ['pnpm-lock.yaml', 'site/pnpm-lock.yaml']
    .filter((file) => existsSync(join(root, file)) && /https?:/.test(readFileSync(join(root, file), 'utf8')))
    .map((file) => `${file} names a registry: a clone would depend on it.`)
  return [...problems, ...registries]
}

function packageProblems({ folder, path, manifest }: WorkspacePackage, license: string): readonly string[] {
  const file = join(folder, 'LICENSE')
  const published = JSON.stringify(manifest.publishConfig?.exports)
  const checks: readonly (readonly [boolean, string])[] = [
    [manifest.license === 'Apache-2.0', 'package.json does not say "license": "Apache-2.0"'],
    [existsSync(file) && readFileSync(file, 'utf8') === license, 'LICENSE is not the one of the root'],
    [existsSync(join(folder, 'README.md')), 'README.md is missing'],
    [
      published === JSON.stringify(withoutSource(manifest.exports ?? {})),
      `publishConfig.exports is not exports without "${SOURCE_CONDITION}"`,
    ],
  ]
  return checks.filter(([holds]) => !holds).map(([, problem]) => `${path}: ${problem}.`)
}

/** What a published package may export: TypeScript sources under node_modules cannot be run. */
function withoutSource(exports: ExportMap): ExportMap {
  const entries = Object.entries(exports).map(([subpath, entry]) => {
    if (typeof entry === 'string') return [subpath, entry] as const
    const kept = Object.entries(entry).filter(([condition]) => condition !== SOURCE_CONDITION)
    return [subpath, Object.fromEntries(kept)] as const
  })
  return Object.fromEntries(entries)
}
