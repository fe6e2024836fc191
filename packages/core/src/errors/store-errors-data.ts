/** Faults of artifact stores, metadata stores and cache indexes: the codes of the ports' contracts. */
export const STORE_ERRORS = {
  CAIRN_STORE_KEY_INVALID: {
    message: (d: { readonly key: string; readonly problem: string }): string =>
      `The object key ${JSON.stringify(d.key)} cannot be used: ${d.problem}.`,
    hint: 'Keys are relative paths of letters, digits and . _ - = +, joined by single slashes, without "..".',
  },
  CAIRN_STORE_UNAVAILABLE: {
    message: (d: { readonly store: string; readonly operation: string; readonly reason: string }): string =>
      `The store ${d.store} could not ${d.operation}: ${d.reason}.`,
    hint: 'Check that it exists, that you may read and write it, and that there is room. Nothing was lost.',
  },
  CAIRN_STORE_LAYOUT: {
    message: (d: { readonly store: string; readonly found: string; readonly known: number }): string =>
      `The artifact store ${d.store} has layout version ${d.found}; this Cairn knows version ${d.known}.`,
    hint: 'Use the Cairn that wrote it, or another store. Nothing was changed.',
  },
  CAIRN_RECORD_CONFLICT: {
    message: (d: { readonly kind: string; readonly id: string; readonly reason: string }): string =>
      `The ${d.kind} record ${d.id} conflicts with what is stored: ${d.reason}.`,
    hint: 'Somebody else wrote at the same time. The whole batch was left out; read again and retry.',
  },
  CAIRN_RECORD_QUERY: {
    message: (d: { readonly kind: string; readonly problem: string }): string =>
      `This query over ${d.kind} records cannot be answered: ${d.problem}.`,
    hint: 'Filter and sort by the indexed fields of the kind.',
  },
  CAIRN_DATABASE_UNREADABLE: {
    message: (d: { readonly file: string; readonly reason: string }): string =>
      `The database ${d.file} cannot be read: ${d.reason}.`,
    hint: 'It was left as it is. Move it away to start with an empty one; stored results are found again by their keys.',
  },
  CAIRN_DATABASE_NEWER: {
    message: (d: { readonly file: string; readonly found: number; readonly known: number }): string =>
      `The database ${d.file} has schema version ${d.found}; this Cairn knows versions up to ${d.known}.`,
    hint: 'Update Cairn, or use another folder by CAIRN_DIR. The file was left as it is.',
  },
  CAIRN_DATABASE_BUSY: {
    message: (d: { readonly file: string; readonly waitedMs: number }): string =>
      `The database ${d.file} stayed locked by another process for ${d.waitedMs} ms.`,
    hint: 'Look for a stopped process that holds it. Nothing was lost; run again.',
    exitCode: 1,
  },
  CAIRN_INDEX_WRITE: {
    message: (d: { readonly index: string; readonly reason: string }): string =>
      `The cache index ${d.index} did not take an entry: ${d.reason}.`,
    hint: 'The result itself is stored and is found again by its key.',
    exitCode: 1,
  },
}
