import { portTypeName, type AnyList } from '../materializer/port.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { givenItems } from './lazy-items.ts'
import { putTree } from './tree.ts'
import { unstorable } from './unstorable.ts'
import { itemContext, type WriteContext } from './write-context.ts'
import { writeOne } from './write-one.ts'

/** Stores a list item by item; of a lazy one no more than one item is held at a time. */
export async function writeCollection(list: AnyList, value: unknown, context: WriteContext): Promise<ArtifactRef> {
  const type = portTypeName(list.of)
  const given = givenItems(value, list.lazy === true)
  if (given === undefined) {
    const reason = list.lazy === true ? 'it is neither an array nor iterable' : 'it is not an array'
    throw unstorable(`list<${type}>`, reason, context)
  }
  const items: ArtifactRef[] = []
  for await (const item of given) {
    context.signal?.throwIfAborted()
    // The first item is enough to look at.
    const at = Object.assign(itemContext(context, items.length), { undescribed: items.length > 0 })
    items.push(await writeOne(list.of, item, at))
  }
  const { digest } = await putTree(context.store, { format: 1, kind: 'collection', items }, context)
  const size = items.reduce((sum, item) => sum + item.size, 0)
  const preview = items[0]?.preview
  const ref = { kind: 'collection', digest, size, type, count: items.length } as const
  return preview === undefined ? ref : { ...ref, preview }
}
