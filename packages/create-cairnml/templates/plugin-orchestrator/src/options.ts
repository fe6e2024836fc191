/** Options of the orchestrator, as a stack file writes them. */
export interface AcmeOptions {
  /** How many steps run at a time. @default 4 */
  readonly concurrency?: number | undefined
}
