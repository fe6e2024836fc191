/** Options of both components. */
export interface SqliteOptions {
  /**
   * The database file, relative to the project.
   *
   * @default `metadata.sqlite` and `cache.sqlite` in the project's folder for local state
   */
  readonly path?: string | undefined
}
