import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import type { TemporaryProject } from './temporary-project.ts'

/** A run as the default metadata store has it. */
export interface StoredRun {
  readonly name: string
  readonly status: string
  readonly version: number
  /** The rest of the record, with `error` where there is one. */
  readonly data: { readonly error?: { readonly code: string } }
}

/** Every run of a project, oldest first. */
export function storedRuns(project: TemporaryProject): readonly StoredRun[] {
  const rows = select(project, 'SELECT name, status, version, data FROM run ORDER BY seq')
  return rows.map((row) => ({
    name: String(row['name']),
    status: String(row['status']),
    version: Number(row['version']),
    // Sound for what is read of it: the column holds the record's other fields as JSON.
    data: JSON.parse(typeof row['data'] === 'string' ? row['data'] : '{}') as StoredRun['data'],
  }))
}

/** How many step runs of a project have each status. */
export function stepRunCounts(project: TemporaryProject): Readonly<Record<string, number>> {
  const rows = select(project, 'SELECT status, count(*) AS number FROM step_run GROUP BY status ORDER BY status')
  return Object.fromEntries(rows.map((row) => [String(row['status']), Number(row['number'])]))
}

/** The versions of pipelines that a project has registered, as `name@version`. */
export function storedVersions(project: TemporaryProject): readonly string[] {
  return select(project, 'SELECT id FROM pipeline_version ORDER BY seq').map((row) => String(row['id']))
}

/** Where the artifact store keeps content with this digest, relative to the project. */
export function blobFile(digest: string): string {
  return `.cairn/artifacts/blobs/sha256/${digest.slice(0, 2)}/${digest}`
}

/** The objects in the artifact store whose content has another digest than their name says. */
export function damagedObjects(project: TemporaryProject): readonly string[] {
  const objects = globSync('.cairn/artifacts/{blobs,trees}/sha256/*/*', { cwd: project.dir })
  return objects.filter((object) => {
    const content = readFileSync(project.path(object))
    return createHash('sha256').update(content).digest('hex') !== path.basename(object)
  })
}

/** Path and content of every file below a folder of the project. */
export function folderContent(project: TemporaryProject, folder: string): Readonly<Record<string, string>> {
  const files = globSync('**/*', { cwd: project.path(folder), withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(project.dir, file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  )
}

function select(project: TemporaryProject, sql: string): readonly Readonly<Record<string, unknown>>[] {
  const file = project.path('.cairn/metadata.sqlite')
  if (!existsSync(file)) return []
  const database = new DatabaseSync(file)
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}
