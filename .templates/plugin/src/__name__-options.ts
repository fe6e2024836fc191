/** Options of the artifact store. */
export interface __Name__Options {
  /**
   * Stands in front of every object's key: a key itself, ending in a slash.
   *
   * @default no prefix
   */
  readonly prefix?: string | undefined
}
