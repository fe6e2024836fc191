import {
  storeExternal,
  valueFolder,
  type ArtifactRef,
  type ArtifactStore,
  type ExternalData,
  type OutsideState,
} from '@cairnml/core'

/** Where data from outside goes. */
export interface ExternalsContext {
  readonly store: ArtifactStore
  /** How references are looked at. */
  readonly outside: OutsideState
  /** Told in a sentence what could not be said of data that are stored all the same. */
  readonly warn?: ((sentence: string) => void) | undefined
}

/**
 * Stores the data that a run was given from outside, so that steps get it like any other artifact.
 *
 * @throws CAIRN_FILE_MISSING, CAIRN_EXTERNAL_INVALID, CAIRN_FILE_CHANGED, and the codes of writing a value
 */
export async function storeExternals(
  externals: readonly ExternalData[],
  { store, outside, warn }: ExternalsContext,
): Promise<readonly ArtifactRef[]> {
  const refs: ArtifactRef[] = []
  for (const [index, data] of externals.entries()) {
    const context = {
      store,
      outside,
      warn,
      where: `The data from outside (${index + 1} of ${externals.length})`,
      get workDir(): string {
        return valueFolder()
      },
    }
    refs.push(await storeExternal(data, context))
  }
  return refs
}
