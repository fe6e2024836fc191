/** A result that was not copied, or a report, and why. */
export interface RefusedPush {
  /** Where it lies in the artifact store that was copied from. */
  readonly object: string
  /** The step that made it, where its manifest could be read. */
  readonly step?: string | undefined
  /** Name of the run that made it, likewise. */
  readonly run?: string | undefined
  /** The message of what is wrong, with its code. */
  readonly problem: string
}

/** How far a push is. */
export interface PushProgress {
  /** Results that were looked at. */
  readonly results: number
  /** Objects that were copied. */
  readonly objects: number
  /** Bytes that were copied, also of objects that are being copied. */
  readonly bytes: number
}

/** What a push did, or would do. */
export interface PushReport {
  /** Name of the stack that was copied from. */
  readonly from: string
  /** Name of the stack that was copied to. */
  readonly to: string
  /** Which components both stacks have in common. */
  readonly shared: readonly ('artifactStore' | 'cacheIndex' | 'metadataStore')[]
  /** Results of steps, reusable or not. */
  readonly results: { readonly copied: number; readonly present: number }
  /** Content, lists of content and logs; `bytes` are those that were copied. */
  readonly objects: { readonly copied: number; readonly bytes: number; readonly present: number }
  readonly reports: { readonly copied: number; readonly present: number }
  /** Cache keys. `kept` have a result of the other stack's own, which stays the one that is reused there. */
  readonly keys: { readonly added: number; readonly present: number; readonly kept: number }
  /** Keys with variables that were hashed under the secret of the index here: nobody looks them up there. */
  readonly unreachable: number
  /** Results that refer to data elsewhere, which is not copied. */
  readonly references: number
  readonly refused: readonly RefusedPush[]
}

/** A report while it is being made. */
export class PushTally {
  readonly results = { copied: 0, present: 0 }
  readonly objects = { copied: 0, bytes: 0, present: 0 }
  readonly reports = { copied: 0, present: 0 }
  readonly keys = { added: 0, present: 0, kept: 0 }
  unreachable = 0
  references = 0
  readonly refused: RefusedPush[] = []
}
