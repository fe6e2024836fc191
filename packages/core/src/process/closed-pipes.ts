/** On a process in which it was done, by whichever copy of this package. */
const DONE = Symbol.for('cairnml/closed-pipes')

/**
 * Makes what is printed into a closed pipe (`... | head -1`) vanish, where Node would end the program with a stack. The
 * streams are not touched before somebody uses them: to make them takes longer than a cached step. Calling it again
 * changes nothing.
 *
 * @param onFault gets what else keeps standard output from being written, such as a full disk; without it such a fault
 * is thrown unless the program listens itself
 */
export function outliveClosedPipes(onFault?: (error: Error) => void): void {
  if (DONE in process) return
  Object.defineProperty(process, DONE, { value: true })
  for (const name of ['stdout', 'stderr'] as const) {
    const property = Object.getOwnPropertyDescriptor(process, name)
    if (property?.configurable !== true || !('get' in property)) continue
    Object.defineProperty(process, name, {
      ...property,
      get(): NodeJS.WriteStream {
        Object.defineProperty(process, name, property)
        const stream = process[name]
        stream.on('error', (error: NodeJS.ErrnoException) => {
          if (error.code === 'EPIPE') return
          if (onFault !== undefined) return name === 'stdout' ? onFault(error) : undefined
          // A program that listens itself knows what to do.
          if (stream.listenerCount('error') === 1) throw error
        })
        return stream
      },
    })
  }
}
