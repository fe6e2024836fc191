/**
 * Does work for each item, at most `width` at once, and takes no item before there is room for it. After a failure
 * nothing more is begun, and it is thrown when what was begun has ended.
 */
export async function inParallel<T>(
  items: Iterable<T> | AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  const failures: unknown[] = []
  const consume = async (): Promise<void> => {
    try {
      while (failures.length === 0) {
        const next = await iterator.next()
        if (next.done === true) return
        await work(next.value)
      }
    } catch (error) {
      failures.push(error)
    }
  }
  await Promise.all(Array.from({ length: width }, consume))
  if (failures.length === 0) return
  await iterator.return?.()
  throw failures[0]
}
