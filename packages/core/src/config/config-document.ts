/** Where a value is: names of properties and numbers of items, from the top. */
export type ConfigPath = readonly (string | number)[]

/** A configuration file that was read, with the place of everything in it. */
export interface ConfigDocument {
  /** As errors show it. */
  readonly file: string
  /** Plain data. */
  readonly value: unknown
  /**
   * `cairn.yaml:3:7`: the place of a value or of its name; of what is not there, that of the nearest thing around it.
   */
  readonly place: (path: ConfigPath, of?: 'key' | 'value') => string
}

/** One thing that is wrong with a configuration. */
export interface ConfigProblem {
  /** `cairn.yaml:3:7`. */
  readonly at: string
  readonly problem: string
}
