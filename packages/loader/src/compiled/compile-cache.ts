// By name it would be missing under an older Node before that can be said.
import nodeModule from 'node:module'
import os from 'node:os'
import nodePath from 'node:path'

/**
 * Lets Node keep what it compiles from here on, in the user's own folder for caches. Commands gain by it; less so a cached
 * run by `node pipeline.ts` (6 % of its processor time), whose own imports are compiled by then. Node's default, a folder
 * for all users among the temporary files, could have been made by somebody else, and what is in it runs. A folder that
 * cannot be written costs the gain and nothing else; NODE_COMPILE_CACHE names another, and NODE_DISABLE_COMPILE_CACHE=1
 * switches it off.
 */
export function useCompileCache(): void {
  // Functions that come from the cache are not counted exactly.
  if (process.env['NODE_V8_COVERAGE'] !== undefined) return
  const folder = cacheHome(process.platform, process.env)
  if (folder !== undefined) nodeModule.enableCompileCache(nodePath.join(folder, 'cairn', 'compiled'))
}

/**
 * Where a user's programs keep what can be made again.
 *
 * @returns `undefined` where the user has no home
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheHome(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | undefined {
  const { XDG_CACHE_HOME: chosen, LOCALAPPDATA: local } = env
  if (platform === 'win32' && local !== undefined) return local
  if (platform === 'linux' && chosen !== undefined && nodePath.isAbsolute(chosen)) return chosen
  const home = homeFolder()
  if (home === undefined || platform === 'win32') return home
  return platform === 'darwin' ? nodePath.join(home, 'Library', 'Caches') : nodePath.join(home, '.cache')
}

function homeFolder(): string | undefined {
  try {
    const home = os.homedir()
    return nodePath.isAbsolute(home) ? home : undefined
  } catch {
    // A user of a container may not be in its list of users.
    return undefined
  }
}
