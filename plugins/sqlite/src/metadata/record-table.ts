import type { SQLInputValue } from 'node:sqlite'

import type { IndexedField, RecordKind, RecordKinds } from '@cairnml/core'

/** The values of a row, in the order of the table's columns. */
export type Row = readonly SQLInputValue[]

/** Where an indexed field of a record is stored. */
export interface FieldColumn {
  readonly column: string
  readonly type: 'text' | 'number'
  /** Whether the column holds the number of a symbol. @default false */
  readonly symbol?: boolean | undefined
  /** Whether the column may be null, because the record need not have the field. @default false */
  readonly optional?: boolean | undefined
}

/** Where the facts of a kind are stored: a table with the columns `owner` (the `seq` of the record) and `fact_value`. */
export interface FactLayout {
  readonly table: string
  /** Whether facts have names, in the column `fact`, as numbers of symbols; otherwise there is one name. */
  readonly named: boolean
  /** A value as the column holds it. */
  readonly pack: (value: string | number) => SQLInputValue
}

/** The table of one kind of record. It has a `seq` besides its columns, which orders by insertion. */
export interface TableLayout {
  readonly kind: RecordKind
  readonly table: string
  /** The columns that make up the id come first. */
  readonly columns: readonly string[]
  /** How many columns make up the id. */
  readonly idColumns: number
  readonly fields: { readonly [field: string]: FieldColumn }
  /** Absent where records of the kind have no facts. */
  readonly facts?: FactLayout | undefined
}

/** How records of one kind are stored. */
export interface RecordTable<K extends RecordKind> extends TableLayout {
  readonly kind: K
  readonly fields: { readonly [F in IndexedField<K>]: FieldColumn }
  /** Values for all columns; within a transaction that writes. */
  encode(record: RecordKinds[K]): Row
  decode(row: Row): RecordKinds[K]
  /** Values of the id columns that would be this id; several where the id can be read in several ways. */
  locate(id: string): readonly Row[]
}

/** The tables of all kinds. */
export type RecordTables = { readonly [K in RecordKind]: RecordTable<K> }

/** SQL that holds for one record; its values come from `locate`. */
export function isRecord({ columns, idColumns }: TableLayout): string {
  return columns
    .slice(0, idColumns)
    .map((column) => `${column} = ?`)
    .join(' AND ')
}
