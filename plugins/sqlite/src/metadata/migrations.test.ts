import { mkdirSync } from 'node:fs'
import nodePath from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { describe, expect, it } from 'vitest'

import { insert, run, stepRun } from '../../test/records.ts'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { metadataIn } from '../../test/stores.ts'
import { METADATA_SCHEMA } from './metadata-schema-data.ts'

const BY_ENTRY = { where: { entryOf: 'train' }, orderBy: { field: 'entryOf', direction: 'desc' } } as const

/** A file as version 1 left it: two executed step runs, one of which failed, and a cached one. */
function versionOne(project: string): void {
  mkdirSync(nodePath.join(project, '.cairn'))
  using database = new DatabaseSync(nodePath.join(project, '.cairn/metadata.sqlite'))
  database.exec(METADATA_SCHEMA.migrations[0] ?? '')
  database.exec(`
    PRAGMA application_id = ${METADATA_SCHEMA.applicationId}; PRAGMA user_version = 1;
    INSERT INTO symbol (id, text) VALUES (1, 'r1'), (2, 'train'), (3, 'train_2'), (4, 'r2');
    INSERT INTO step_run
      (run, invocation, revision, step, position, status, started_at, key, entry, origin_run, origin_invocation)
    VALUES
      (1, 2, 2, 2, 0, 'completed', 1, 'k', 'e', NULL, NULL),
      (1, 3, 2, 2, 1, 'failed', 1, 'k', NULL, NULL, NULL),
      (4, 2, 1, 2, 0, 'cached', 2, 'k', 'e', 1, 2);`)
}

describe('a metadata store of version 1', () => {
  it('keeps its records and finds the entries of a step among them', async () => {
    using project = scratchFolder()
    versionOne(project.path)
    await using store = metadataIn(project.path)
    expect((await store.query('stepRun')).items).toHaveLength(3)
    expect((await store.query('stepRun', BY_ENTRY)).items).toMatchObject([{ id: 'r1.train', entryOf: 'train' }])
    await store.write([insert('stepRun', stepRun('r3', 'train', { entryOf: 'train' }))])
    expect((await store.query('stepRun', BY_ENTRY)).items.map(({ id }) => id)).toEqual(['r3.train', 'r1.train'])
  })
})

describe('a metadata store of version 2', () => {
  it('finds its runs by tag and parameter, and its step runs by artifact', async () => {
    using project = scratchFolder()
    versionOne(project.path)
    const digest = 'ab'.repeat(32)
    using database = new DatabaseSync(nodePath.join(project.path, '.cairn/metadata.sqlite'))
    database.exec(`${METADATA_SCHEMA.migrations[1] ?? ''}; PRAGMA user_version = 2;
      INSERT INTO run (id, revision, name, name_key, pipeline, version, status, started_at, ended_at, data) VALUES
        ('r1', 1, 'R1', 'r1', 'p', 1, 'completed', 1, 9,
          '{"tags":["s7"],"params":{"gamma":0.5,"deep":true,"model":{"kind":"svc"},"n":{"$number":"NaN"}}}');
      UPDATE step_run SET data = '{"outputs":{"output":{"digest":"${digest}"}}}' WHERE seq = 1;`)
    database.close()
    await using store = metadataIn(project.path)
    const runs = async (field: 'tag' | `params.${string}`, value: string | number): Promise<number> =>
      (await store.query('run', { match: { field, is: '=', value } })).items.length
    expect(await runs('tag', 's7')).toBe(1)
    expect(await runs('params.gamma', 0.5)).toBe(1)
    expect(await runs('params.deep', 'true')).toBe(1)
    expect(await runs('params.model.kind', 'svc')).toBe(1)
    expect(await runs('params.gamma', 1)).toBe(0)
    const made = await store.query('stepRun', { match: { field: 'artifact', is: '=', value: digest } })
    expect(made.items.map(({ id }) => id)).toEqual(['r1.train'])
  })
})

describe('finding the entries of a step', () => {
  it('reads them from the index, newest first, without sorting', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    await store.write([insert('run', run('r1'))])
    await store.query('stepRun', BY_ENTRY)
    using database = new DatabaseSync(nodePath.join(project.path, '.cairn/metadata.sqlite'))
    const plan = database
      .prepare('EXPLAIN QUERY PLAN SELECT seq FROM step_run WHERE entry_of = ? ORDER BY seq DESC LIMIT 17')
      .all(1)
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('step_run_by_entry')])
  })
})
