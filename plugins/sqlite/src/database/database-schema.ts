/** What a database of one purpose looks like, and how it came to look so. */
export interface DatabaseSchema {
  /** `PRAGMA application_id`: tells this purpose from every other use of SQLite. */
  readonly applicationId: number
  /** SQL that makes version n + 1 out of version n. Published ones never change. */
  readonly migrations: readonly string[]
}
