import type { Json } from '@cairnml/core'

/** From what another process opens the same state. */
export interface ComponentReference {
  /** URL of an ES module that plain Node can load and that exports `openComponent`. */
  readonly module: string
  /** What tells the module which state it is. */
  readonly data: Json
}

/** What the module of a `ComponentReference` exports. */
export interface ComponentModule<T> {
  /** Opens the component over the state that `data` names, as another process would. */
  openComponent(data: Json): T | Promise<T>
}
