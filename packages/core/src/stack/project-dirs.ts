import { existsSync } from 'node:fs'
import nodePath from 'node:path'

/** Name of the file that configures a project. */
export const PROJECT_FILE = 'cairn.yaml'

/** The folders of a project. */
export interface ProjectDirs {
  readonly projectDir: string
  /** Where local state lies. */
  readonly cairnDir: string
  /** The project's `cairn.yaml`, if it has one. */
  readonly configFile?: string | undefined
}

/**
 * The project around a folder: the nearest one upwards that has a `cairn.yaml`, else the nearest with a `package.json`,
 * else the folder itself. `CAIRN_DIR` moves the local state.
 */
export function projectDirs(from: string = process.cwd(), environment: NodeJS.ProcessEnv = process.env): ProjectDirs {
  const configDir = nearestWith(PROJECT_FILE, from)
  const projectDir = configDir ?? nearestWith('package.json', from) ?? from
  const moved = environment['CAIRN_DIR']
  const cairnDir = moved ? nodePath.resolve(from, moved) : nodePath.join(projectDir, '.cairn')
  return { projectDir, cairnDir, configFile: configDir && nodePath.join(configDir, PROJECT_FILE) }
}

function nearestWith(file: string, from: string): string | undefined {
  for (let dir = nodePath.resolve(from); ; dir = nodePath.dirname(dir)) {
    if (existsSync(nodePath.join(dir, file))) return dir
    if (dir === nodePath.dirname(dir)) return undefined
  }
}
