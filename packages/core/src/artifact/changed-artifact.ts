import { isList, requiredPort, type ArtifactType, type Port } from '../materializer/port.ts'
import { materializerOf } from '../materializer/schema-materializer.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { artifactFiles, collectionItems, isRef, type ReadContext } from './read-artifact.ts'
import type { ResultInput } from './result-manifest.ts'
import { StoreFileReader } from './store-file-reader.ts'

/** Whether values of a type may change although their artifacts do not, as references do. */
export function mayChange(port: Port): boolean {
  return materializerOf(itemType(port)).changed !== undefined
}

/**
 * Why what an artifact refers to is not what it was, as a clause; `undefined` where it is, and for types that refer to
 * nothing.
 *
 * @throws what the materializer throws where it cannot tell
 */
export async function artifactChange(
  port: Port,
  input: ResultInput,
  context: ReadContext,
): Promise<string | undefined> {
  const { changed } = materializerOf(itemType(port))
  if (changed === undefined) return undefined
  for (const item of await itemsOf(input, context)) {
    const change = await changed(new StoreFileReader(await artifactFiles(item, context), context))
    if (change !== undefined) return change
  }
  return undefined
}

function itemType(port: Port): ArtifactType {
  const type = requiredPort(port)
  return isList(type) ? type.of : type
}

async function itemsOf(input: ResultInput, context: ReadContext): Promise<readonly ArtifactRef[]> {
  if (!isRef(input)) return input
  return input.kind === 'collection' ? collectionItems(input, context) : [input]
}
