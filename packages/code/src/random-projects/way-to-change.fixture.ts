/** A statement that changes what a step reads, some way or other. */
export interface WayToChange {
  /** Declarations; their names are exported. */
  readonly declared: string
  /** Runs at load, somewhere else. */
  readonly change: string
  /** What the step gives. */
  readonly read: string
}

/** Several changes of the same things. */
export const ways = (declared: string, read: string, changes: readonly string[]): readonly WayToChange[] =>
  changes.map((change) => ({ declared, change, read }))
