/** Options of the cache policy, as a stack file writes them. */
export interface AcmeOptions {
  /** Counts for every step: results of another release are not reused. @default none */
  readonly release?: string | undefined
}
