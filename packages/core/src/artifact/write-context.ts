import type { ArtifactStore } from '../artifact-store/artifact-store.ts'
import type { OutsideState } from '../outside/outside-state.ts'

/** What writing a value needs besides the value. */
export interface WriteContext {
  readonly store: ArtifactStore
  /** A folder of this machine for streams on their way into the store. */
  readonly workDir: string
  /** Names the value in errors: `The output "model" of step "train"`. */
  readonly where: string
  readonly signal?: AbortSignal | undefined
  /** Told in a sentence what could not be said of a value that is stored all the same. */
  readonly warn?: ((sentence: string) => void) | undefined
  /** How references are looked at. @default everything is looked at anew */
  readonly outside?: OutsideState | undefined
}

/** The context of one item of a list; a folder is made only for types that ask for it. */
export function itemContext(context: WriteContext, index: number): WriteContext {
  const { store, where, signal, warn, outside } = context
  return {
    store,
    signal,
    outside,
    where: `${where} [${index}]`,
    // What is wrong with one item is wrong with all of them.
    warn: index === 0 ? warn : undefined,
    get workDir(): string {
      return context.workDir
    },
  }
}
