import { isList, requiredPort, type Port } from '../materializer/port.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { writeCollection } from './write-collection.ts'
import type { WriteContext } from './write-context.ts'
import { writeOne } from './write-one.ts'

/**
 * Stores a value by its declared type and says where: content first, then what refers to it.
 *
 * @throws CAIRN_VALUE_UNSTORABLE, CAIRN_VALUE_INVALID, CAIRN_SCHEMA_TRANSFORMS, CAIRN_SCHEMA_ASYNC, and what the
 * materializer throws
 */
export async function writeArtifact(port: Port, value: unknown, context: WriteContext): Promise<ArtifactRef> {
  const type = requiredPort(port)
  return isList(type) ? writeCollection(type, value, context) : writeOne(type, value, context)
}
