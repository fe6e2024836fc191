/** Where a component keeps its database. */
export interface StoreLocation {
  /** Name of the instance. */
  readonly name: string
  /** Absolute. */
  readonly file: string
  /** The project's folder for local state, absolute. */
  readonly cairnDir: string
  /** How long to wait for another process that writes. @default 5000 */
  readonly busyTimeoutMs?: number | undefined
}
