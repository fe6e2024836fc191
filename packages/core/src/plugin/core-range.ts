import { readFileSync } from 'node:fs'
// By name it would be missing under an older Node before that can be said.
import nodeModule from 'node:module'

import { cairnError } from '../errors/cairn-error.ts'
import { isPathUse, type PluginSearch, type ResolvedPlugin } from './resolve-plugin.ts'

const CORE = '@cairnml/core'

interface Manifest {
  readonly version?: unknown
  readonly peerDependencies?: { readonly [name: string]: unknown } | undefined
}

/**
 * Refuses a package that says, as a peer dependency, that it is made for other versions of this package.
 *
 * @throws CAIRN_PLUGIN_VERSION
 */
export async function assertCoreRange({ packageName, url }: ResolvedPlugin, search: PluginSearch): Promise<void> {
  if (isPathUse(packageName)) return
  const range = manifestOf(url)?.peerDependencies?.[CORE]
  const version = manifestOf(import.meta.url)?.version
  if (typeof range !== 'string' || typeof version !== 'string') return
  // What a release gives its own plugins; and workspaces, links and the like are no ranges.
  if (range === `^${version}` || /^[a-z]+:/.test(range)) return
  const { default: semver } = await import('semver')
  const options = { includePrerelease: true }
  if (semver.validRange(range) === null || semver.satisfies(version, range, options)) return
  const isOld = semver.gtr(version, range, options)
  throw cairnError('CAIRN_PLUGIN_VERSION', {
    plugin: packageName,
    made: `${CORE} ${range}`,
    present: `${CORE} ${version}`,
    install: await updateCommand(isOld ? packageName : 'cairnml', search),
  })
}

/** What installs the newest version of a package. */
export async function updateCommand(packageName: string, { projectDir }: PluginSearch): Promise<string> {
  const { addCommand, packageManagerOf } = await import('../package-manager/index.ts')
  return addCommand(await packageManagerOf(projectDir), [`${packageName}@latest`]).join(' ')
}

/** The manifest of the package that a file is in. */
function manifestOf(file: string): Manifest | undefined {
  try {
    const manifest = nodeModule.findPackageJSON('.', file)
    // Sound: every property is looked at before it is used.
    return manifest === undefined ? undefined : (JSON.parse(readFileSync(manifest, 'utf8')) as Manifest)
  } catch {
    return undefined
  }
}
