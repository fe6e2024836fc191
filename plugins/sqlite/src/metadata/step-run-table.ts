import { cairnError, type Status, type StepRunRecord } from '@cairnml/core'

import { packData, unpackData } from './data-column.ts'
import { packDigest, unpackDigest } from './digest-column.ts'
import type { RecordTable, Row } from './record-table.ts'
import type { SymbolTable } from './symbol-table.ts'

type Columns = [
  run: number,
  invocation: number,
  revision: number,
  step: number,
  position: number,
  status: Status,
  startedAt: number,
  endedAt: number | null,
  key: Uint8Array | string | null,
  entry: string | null,
  originRun: number | null,
  originInvocation: number | null,
  data: string | null,
  entryOf: number | null,
]

/** Step runs. The id is not stored: it is made of run and invocation. */
export function stepRunTable(symbols: SymbolTable): RecordTable<'stepRun'> {
  return {
    kind: 'stepRun',
    table: 'step_run',
    columns: [
      'run',
      'invocation',
      'revision',
      'step',
      'position',
      'status',
      'started_at',
      'ended_at',
      'key',
      'entry',
      'origin_run',
      'origin_invocation',
      'data',
      'entry_of',
    ],
    idColumns: 2,
    fields: {
      run: { column: 'run', type: 'text', symbol: true },
      invocation: { column: 'invocation', type: 'text', symbol: true },
      position: { column: 'position', type: 'number' },
      entryOf: { column: 'entry_of', type: 'text', symbol: true, optional: true },
    },
    facts: { table: 'step_run_artifact', named: false, pack: (value) => packDigest(String(value)) },
    encode: (record) => encode(record, symbols),
    decode: (row) => decode(row, symbols),
    locate: (id) => locate(id, symbols),
  }
}

function encode(record: StepRunRecord, symbols: SymbolTable): Columns {
  const {
    id,
    run,
    invocation,
    revision,
    step,
    position,
    status,
    startedAt,
    endedAt,
    key,
    entry,
    entryOf,
    origin,
    ...rest
  } = record
  if (id.length !== run.length + invocation.length + 1 || id !== `${run}.${invocation}`) {
    throw cairnError('CAIRN_RECORD_CONFLICT', { kind: 'stepRun', id, reason: `its id is not ${run}.${invocation}` })
  }
  const dot = origin?.indexOf('.') ?? -1
  const split = origin !== undefined && dot !== -1
  return [
    symbols.intern(run),
    symbols.intern(invocation),
    revision,
    symbols.intern(step),
    position,
    status,
    startedAt,
    endedAt ?? null,
    key === undefined ? null : packDigest(key),
    entry ?? null,
    split ? symbols.intern(origin.slice(0, dot)) : null,
    split ? symbols.intern(origin.slice(dot + 1)) : null,
    packData(split || origin === undefined ? rest : { ...rest, origin }),
    entryOf === undefined ? null : symbols.intern(entryOf),
  ]
}

function decode(row: Row, symbols: SymbolTable): StepRunRecord {
  // Sound: rows have the columns of the table, which `encode` filled.
  const [runId, invocationId, revision, step, position, status, startedAt, endedAt, ...others] = row as Columns
  const [key, entry, from, of, data, entryOf] = others
  const run = symbols.text(runId)
  const invocation = symbols.text(invocationId)
  return {
    ...unpackData(data),
    id: `${run}.${invocation}`,
    revision,
    run,
    invocation,
    step: symbols.text(step),
    position,
    status,
    startedAt,
    ...(endedAt === null ? undefined : { endedAt }),
    ...(key === null ? undefined : { key: unpackDigest(key) }),
    ...(entry === null ? undefined : { entry }),
    ...(entryOf === null ? undefined : { entryOf: symbols.text(entryOf) }),
    ...(from === null || of === null ? undefined : { origin: `${symbols.text(from)}.${symbols.text(of)}` }),
  }
}

/** Runs and invocations may have dots in them: every dot may be the one between the two. */
function locate(id: string, symbols: SymbolTable): readonly Row[] {
  const found: Row[] = []
  for (let dot = id.indexOf('.'); dot !== -1; dot = id.indexOf('.', dot + 1)) {
    const run = symbols.find(id.slice(0, dot))
    const invocation = run === undefined ? undefined : symbols.find(id.slice(dot + 1))
    if (run !== undefined && invocation !== undefined) found.push([run, invocation])
  }
  return found
}
