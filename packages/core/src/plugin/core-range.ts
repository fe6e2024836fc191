import { cairnError } from '../errors/cairn-error.ts'
import { packageOfFile } from '../packages/installed-package.ts'
import type { PluginSearch, ResolvedPlugin } from './resolve-plugin.ts'

const CORE = '@cairnml/core'

/** The version of this package, once it was asked for. */
let ownVersion: unknown

/** The version of this package, as its manifest has it. */
export function coreVersion(): unknown {
  return (ownVersion ??= packageOfFile(import.meta.filename)?.manifest.version)
}

/**
 * Refuses a package that says, as a peer dependency, that it is made for other versions of this package.
 *
 * @throws CAIRN_PLUGIN_VERSION
 */
export async function assertCoreRange({ packageName, manifest }: ResolvedPlugin, search: PluginSearch): Promise<void> {
  const range = manifest?.peerDependencies?.[CORE]
  if (typeof range === 'string') await assertMadeForCore({ packageName, range }, search)
}

/**
 * Refuses a package that is made for versions of this package which this one is none of.
 *
 * @throws CAIRN_PLUGIN_VERSION
 */
export async function assertMadeForCore(
  { packageName, range }: { readonly packageName: string; readonly range: string },
  search: PluginSearch,
): Promise<void> {
  const version = coreVersion()
  if (typeof version !== 'string') return
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
