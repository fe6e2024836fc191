import type { ProjectConfig } from '../config/project-config.ts'
import { loadEnvFiles } from '../environment/env-files.ts'
import { projectDirs, type ProjectDirs } from './project-dirs.ts'

/** A project, and what is configured for it. */
export interface OpenProject {
  readonly dirs: ProjectDirs
  readonly config: ProjectConfig
}

const NOTHING: ProjectConfig = { pipelines: [], limits: {}, envFiles: [] }

/**
 * The project around a folder, with its `cairn.yaml` read and the variables of its `envFile` set. Without a `cairn.yaml`
 * nothing is loaded.
 *
 * @param envFiles files that were asked for besides; they win over those of the project
 * @param from default: the working directory
 * @throws CAIRN_CONFIG_MISSING, CAIRN_CONFIG_INVALID
 */
export async function openProject(envFiles: readonly string[] = [], from?: string): Promise<OpenProject> {
  const dirs = projectDirs(from)
  const config = dirs.configFile === undefined ? NOTHING : await loadConfig(dirs.configFile)
  if (config.envFiles.length === 0 && envFiles.length === 0) return { dirs, config }
  loadEnvFiles({ known: config.envFiles, wanted: envFiles })
  // A variable may move the local state.
  return { dirs: projectDirs(from), config }
}

async function loadConfig(file: string): Promise<ProjectConfig> {
  const { loadProjectConfig } = await import('../config/project-config.ts')
  return loadProjectConfig(file)
}
