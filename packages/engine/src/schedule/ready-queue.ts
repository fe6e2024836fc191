/** Positions that are ready, the smallest first: a binary heap. */
export class ReadyQueue {
  readonly #heap: number[] = []

  add(position: number): void {
    const heap = this.#heap
    let index = heap.push(position) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if ((heap[parent] ?? 0) <= position) break
      heap[index] = heap[parent] ?? 0
      index = parent
    }
    heap[index] = position
  }

  /** Takes the smallest position, or `undefined` if none is ready. */
  take(): number | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return first
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child += 1
      if ((heap[child] ?? 0) >= last) break
      heap[index] = heap[child] ?? 0
      index = child
    }
    heap[index] = last
    return first
  }
}
