import nodePath from 'node:path'

import { assertProjectName } from './created-name.ts'
import { fillTemplate } from './fill-template.ts'
import { ownVersion } from './pinned-manifest.ts'
import { projectTemplate } from './project-template.ts'
import { writeFolder, type Created } from './write-folder.ts'

/** A project that is to be. */
export interface ProjectCreation {
  /** From the working directory; not there yet, or empty. */
  readonly folder: string
  /** @default the name of the folder */
  readonly name?: string | undefined
}

/**
 * Writes a project: a pipeline that runs, with tests of it.
 *
 * @throws CAIRN_NAME_INVALID, CAIRN_CREATE_FAILED
 */
export async function createProject({ folder: given, name: named }: ProjectCreation): Promise<Created> {
  const folder = nodePath.resolve(given)
  const name = named ?? nodePath.basename(folder)
  assertProjectName(name)
  const files = fillTemplate(await projectTemplate({ version: await ownVersion() }), name)
  await writeFolder(folder, files)
  return { folder, name, files: [...files.keys()] }
}
