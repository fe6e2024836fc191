import nodePath from 'node:path'

import type { UndeclaredMode } from '../authoring/caching-options.ts'
import { checkedDocument } from './check-document.ts'
import { PROJECT_SCHEMA } from './project-schema.ts'
import { readConfigFile } from './read-config-file.ts'

/** What is configured for a project. */
export interface ProjectConfig {
  /** Its `cairn.yaml`; absent where it has none, and nothing is configured. */
  readonly file?: string | undefined
  /** Globs of files that define pipelines, from the project's folder. */
  readonly pipelines: readonly string[]
  /** Name of the stack. */
  readonly stack?: string | undefined
  /** By name: how much of it may be in use at a time, or with `/s`, `/min`, `/h` or `/day`, how much may start in that time. */
  readonly limits: Readonly<Record<string, number>>
  /** For steps that say nothing of it, nor their pipelines. */
  readonly undeclared?: UndeclaredMode | undefined
  /** Absolute paths of files of environment variables; later ones win. */
  readonly envFiles: readonly string[]
}

/**
 * Reads the `cairn.yaml` of a project. Nothing in it is executed.
 *
 * @throws CAIRN_CONFIG_MISSING, CAIRN_CONFIG_INVALID
 */
export async function loadProjectConfig(file: string): Promise<ProjectConfig> {
  const { pipelines, stack, limits, undeclared, envFile } = checkedDocument(
    PROJECT_SCHEMA,
    await readConfigFile(file, 'The project'),
  )
  return {
    file,
    pipelines: asList(pipelines),
    stack,
    limits: limits ?? {},
    undeclared,
    envFiles: asList(envFile).map((path) => nodePath.resolve(nodePath.dirname(file), path)),
  }
}

function asList(given: string | readonly string[] | undefined): readonly string[] {
  if (given === undefined) return []
  return typeof given === 'string' ? [given] : given
}
