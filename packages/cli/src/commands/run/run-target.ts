import { existsSync, statSync } from 'node:fs'
import nodePath from 'node:path'

/** What is to be loaded, and which of its pipelines is meant. */
export interface RunTarget {
  readonly file: string
  readonly pipeline: string | undefined
}

/**
 * Opens the project, so that the variables of its files are set before a file is loaded, and finds the file where a
 * pipeline is given by its name.
 *
 * @param given a file, or the name of a pipeline in its place
 * @param envFiles files of variables that were asked for
 * @throws the codes of configuration, CAIRN_PIPELINE_UNLISTED, CAIRN_PIPELINE_FILES
 */
export async function runTarget(given: RunTarget, envFiles: readonly string[] = []): Promise<RunTarget> {
  const { findPipelineFile, openProject } = await import('@cairnml/engine')
  const project = await openProject(envFiles)
  const { file, pipeline } = given
  if (project.config.pipelines.length === 0 || !couldBeName(file)) return { file, pipeline }
  if (pipeline !== undefined && pipeline !== file) return { file, pipeline }
  return { file: await findPipelineFile(file, project), pipeline: file }
}

function couldBeName(text: string): boolean {
  if (/[\\/]|\.[cm]?[jt]sx?$/.test(text)) return false
  const path = nodePath.resolve(text)
  return !existsSync(path) || !statSync(path).isFile()
}
