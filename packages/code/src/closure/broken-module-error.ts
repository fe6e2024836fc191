/** Thrown where a closure starts in a file that cannot be parsed: then not even its root can be found. */
export class BrokenModuleError extends Error {
  /** `file:line`, relative to the project. */
  readonly at: string

  /** @param reason one clause without a full stop */
  constructor(reason: string, at: string) {
    super(reason)
    this.at = at
  }
}
