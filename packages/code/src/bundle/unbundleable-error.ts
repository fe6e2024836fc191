/** Thrown inside of the making of a bundle where it turns out to be impossible. */
export class UnbundleableError extends Error {
  /** `file:line`, relative to the project. */
  readonly at: string | undefined

  /** @param reason one clause without a full stop */
  constructor(reason: string, at?: string) {
    super(reason)
    this.at = at
  }
}
