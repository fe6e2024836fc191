/** What a command gets from the program that started it. */
export interface CommandEnvironment {
  /** Version of the package `cairnml`. */
  readonly version: string
  /** Folders of packages that bring plugins of their own. */
  readonly fallbackDirs: readonly string[]
}

/** A command: its own arguments in, its exit code out. */
export type Command = (argv: readonly string[], environment: CommandEnvironment) => Promise<number>
