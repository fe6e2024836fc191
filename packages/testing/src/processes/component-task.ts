import type { Json } from '@cairnml/core'

/** What a process does with the component that it opened. */
export interface ComponentTask<T> {
  readonly component: T
  /** Tells one process from another, also in names of objects and records. */
  readonly self: string
  /** Waits until all processes are to begin with the next round. */
  readonly turn: () => Promise<void>
  /** Reports to the test. */
  readonly tell: (value: Json) => void
}

/** The tasks for the components of one port, by name. */
export type ComponentTasks<T, Name extends string> = {
  readonly [name in Name]: (task: ComponentTask<T>) => Promise<void>
}

/** What a process is sent at its start. */
export interface ComponentWork {
  /** URL of the module that opens the component. */
  readonly module: string
  readonly data: Json
  /** One of the tasks of `component-tasks.ts`. */
  readonly task: string
  readonly self: string
}

/** What a process says. */
export type ComponentReport =
  | { readonly is: 'open' }
  | { readonly is: 'told'; readonly value: Json }
  | { readonly is: 'done' }
  | { readonly is: 'failed'; readonly problem: string }
