import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { blobKey, MemoryArtifactStore, readArtifact, readWhole, storeExternal, writeArtifact } from '@cairnml/core'
import { tableFromArrays, type Table } from 'apache-arrow'
import { afterAll, describe, expect, it } from 'vitest'

import { arrowTable, parquetTable } from './index.ts'

/** Reads both files, prints what is in them, and writes files of its own. */
const SCRIPT = `
print("ready")
import json, sys
try:
    import pyarrow as pa, pyarrow.feather as feather, pyarrow.parquet as pq
    import pandas as pd
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)
folder = sys.argv[1]
with pa.ipc.open_file(folder + "/ours.arrow") as file:
    arrow = file.read_all()
parquet = pd.read_parquet(folder + "/ours.parquet")
table = pa.table({"id": pa.array([7, 8], pa.int16()), "name": ["x", None]})
pq.write_table(table, folder + "/theirs.parquet", compression="zstd")
with pa.ipc.new_file(folder + "/theirs.arrow", table.schema) as file:
    file.write_table(table)
print(json.dumps({"arrow": arrow.to_pylist(), "parquet": json.loads(parquet.to_json(orient="records"))}))
`

const folder = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-tables-'))
const removeFolder = (): void => rmSync(folder, { recursive: true, force: true })
afterAll(removeFolder)

const store = new MemoryArtifactStore()
const context = { store, workDir: folder, where: 'The table' }
const python = process.env['CAIRN_TEST_PYTHON'] ?? 'python3'
const found = await runPython()
const skipNote = found.missing === undefined ? '' : ` (skipped: ${found.missing})`
if (skipNote !== '') {
  console.warn(`Interoperability of tables with Python is not tested${skipNote}`)
  // Hooks of a file without running tests are not called.
  removeFolder()
}

interface Found {
  readonly missing?: string
  readonly arrow?: unknown
  readonly parquet?: unknown
}

async function runPython(): Promise<Found> {
  const table = tableFromArrays({ id: Int32Array.of(1, 2), name: ['a', null], score: Float64Array.of(0.5, -1) })
  for (const [type, path] of [
    [arrowTable, 'ours.arrow'],
    [parquetTable, 'ours.parquet'],
  ] as const) {
    const { digest } = await writeArtifact(type, table, context)
    writeFileSync(nodePath.join(folder, path), (await readWhole(store, blobKey(digest))) ?? '')
  }
  const { error, status, stdout, stderr } = spawnSync(python, ['-c', SCRIPT, folder], { encoding: 'utf8' })
  const [ready, json = ''] = (stdout ?? '').split(/\r?\n/)
  if (ready !== 'ready') return { missing: `${python} does not start: ${error?.message ?? stderr.trim()}` }
  if (status !== 0) throw new Error(`${python} failed: ${stderr}`)
  // Sound: the script above prints exactly this.
  const output = JSON.parse(json) as Found
  return output.missing === undefined ? output : { missing: `${python}: ${output.missing}` }
}

describe.skipIf(skipNote !== '')(`Python${skipNote}`, () => {
  const ours = [
    { id: 1, name: 'a', score: 0.5 },
    { id: 2, name: null, score: -1 },
  ]

  it('reads an arrowTable by pyarrow', () => {
    expect(found.arrow).toEqual(ours)
  })

  it('reads a parquetTable by pandas', () => {
    expect(found.parquet).toEqual(ours)
  })

  it.each([
    ['theirs.arrow', arrowTable],
    ['theirs.parquet', parquetTable],
  ] as const)('writes %s, which is read as a table', async (path, type) => {
    const ref = await storeExternal({ type, file: nodePath.join(folder, path) }, context)
    // Sound: both types are read as tables.
    const table = (await readArtifact(type, ref, context)) as Table
    expect(table.toArray().map(String)).toEqual(['{"id": 7, "name": "x"}', '{"id": 8, "name": null}'])
  })
})
