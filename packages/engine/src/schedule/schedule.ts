import { ReadyQueue } from './ready-queue.ts'

/** One thing to do and what has to be done before. */
export interface Task {
  readonly id: string
  readonly waitsFor: readonly string[]
}

/** The right of a task to be at work, of which there are only so many. */
export interface Slot {
  /**
   * Gives the slot to other tasks while this one only waits. After the wait, however it ended, the task goes on as soon
   * as a slot is free, before tasks that have not started.
   */
  lend<T>(wait: () => Promise<T>): Promise<T>
}

/**
 * Does every task once, each after all that it waits for, at most `concurrency` at a time; of those that are ready the
 * first in the given order goes first. The first task that rejects ends the whole: nothing more is started.
 */
export async function schedule<T extends Task>(
  tasks: readonly T[],
  options: { readonly concurrency: number; readonly work: (task: T, slot: Slot) => Promise<void> },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const ready = new ReadyQueue()
  const returning: (() => void)[] = []
  const waiting = tasks.map((task) => task.waitsFor.length)
  const dependents = dependentsOf(tasks)
  let running = 0
  let left = tasks.length
  let failed = false

  const finish = (position: number): void => {
    running -= 1
    left -= 1
    for (const dependent of dependents[position] ?? []) {
      waiting[dependent] = (waiting[dependent] ?? 0) - 1
      if (waiting[dependent] === 0) ready.add(dependent)
    }
    if (left === 0) resolve()
    else start()
  }
  const slot: Slot = {
    async lend(wait) {
      running -= 1
      start()
      try {
        return await wait()
      } finally {
        const { promise: isFree, resolve: goOn } = Promise.withResolvers<void>()
        returning.push(goOn)
        start()
        await isFree
      }
    },
  }
  const start = (): void => {
    while (running < options.concurrency) {
      const goOn = returning.shift()
      if (goOn === undefined) break
      running += 1
      goOn()
    }
    while (!failed && running < options.concurrency) {
      const position = ready.take()
      const task = position === undefined ? undefined : tasks[position]
      if (position === undefined || task === undefined) return
      running += 1
      options.work(task, slot).then(
        () => finish(position),
        (error: unknown) => {
          failed = true
          reject(error)
        },
      )
    }
  }
  tasks.forEach((task, position) => task.waitsFor.length === 0 && ready.add(position))
  if (tasks.length === 0) resolve()
  start()
  return promise
}

/** For each task, by position, the positions of those that wait for it. */
function dependentsOf(tasks: readonly Task[]): readonly (readonly number[])[] {
  const positions = new Map(tasks.map((task, position) => [task.id, position]))
  const dependents: number[][] = tasks.map(() => [])
  tasks.forEach((task, position) => {
    for (const id of task.waitsFor) dependents[positions.get(id) ?? -1]?.push(position)
  })
  return dependents
}
