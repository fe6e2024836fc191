/** On a process in which it was done, by whichever copy of this package. */
const DONE = Symbol.for('cairnml/closed-pipes')

/**
 * Makes what is printed into a closed pipe (`... | head -1`) vanish, where Node would end the program with a stack. The
 * streams are not touched before somebody uses them: to make them takes longer than a cached step. Calling it again
 * changes nothing.
 */
export function outliveClosedPipes(): void {
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
          // A program that listens itself knows what to do.
          if (error.code !== 'EPIPE' && stream.listenerCount('error') === 1) throw error
        })
        return stream
      },
    })
  }
}
