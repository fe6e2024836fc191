/** A file that cannot be compiled. */
export interface RefusedFile {
  /** Relative to the current folder. */
  readonly file: string
  /** One clause without a full stop, with the place where there is one: `SyntaxError: Unexpected token (a.ts:3:7)`. */
  readonly problem: string
  readonly cause: unknown
}

/** Makes the error that the import of such a file rejects with. */
export type MakeError = (refused: RefusedFile) => Error
