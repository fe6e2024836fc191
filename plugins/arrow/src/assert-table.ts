import type { Table } from 'apache-arrow'

/**
 * Refuses what is no table. A table of another copy of the library is one, too.
 *
 * @throws a TypeError whose message is one clause
 */
export function assertTable(value: Table): void {
  const isTable =
    typeof value === 'object' && value !== null && Array.isArray(value.batches) && Array.isArray(value.schema?.fields)
  if (!isTable) throw new TypeError('it is not a Table of apache-arrow')
}
