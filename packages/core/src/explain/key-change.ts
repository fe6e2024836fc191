/** What may differ between two keys of a step, the most telling first. */
export const CHANGE_KINDS = [
  'policy',
  'parameter',
  'input',
  'code',
  'port',
  'captured',
  'package',
  'environment',
  'files',
  'url',
  'key',
  'platform',
  'other',
] as const

/** One of the things that may differ between two keys of a step. */
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** How the new one differs from the old one. */
export type ChangeWay = 'changed' | 'added' | 'removed'

/** A piece within a part: a function, a file, a package below another one. */
export interface ItemChange {
  /** As the key tree has it: `src/helper.ts:normalise`, `data/a.csv`, `left-pad`. */
  readonly label: string
  /** `function`, `class`, `constant`, `file`, `package`. */
  readonly kind?: string | undefined
  readonly way: ChangeWay
  /** Versions, where it has some. */
  readonly before?: string | undefined
  readonly after?: string | undefined
}

/** Where an input comes from. */
export interface InputSource {
  /** The invocations behind it: those that ran again, where there are some; none for data from outside. */
  readonly invocations: readonly string[]
  /** Whether these have executed in the run; otherwise they were reused themselves. */
  readonly ranAgain: boolean
  /** Paths of the files that were given from outside, where some were. */
  readonly files?: readonly string[] | undefined
}

/** One difference between two keys of a step. */
export interface KeyChange {
  readonly kind: ChangeKind
  /** Label of the part of the key. */
  readonly label: string
  /** What the label names: the parameter (with the path inside of its value), the input, the package. */
  readonly name: string
  readonly way: ChangeWay
  /** The old value as short text, where it may be shown. */
  readonly before?: string | undefined
  readonly after?: string | undefined
  /** What differs within the part, as far as it is known. */
  readonly items?: readonly ItemChange[] | undefined
  /** For an input, where it is known. */
  readonly source?: InputSource | undefined
}
