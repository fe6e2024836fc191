let isDone = false

/**
 * Makes what is printed into a closed pipe (`... | head -1`) vanish, where Node would end the program with a stack. The
 * streams are not touched before somebody uses them: to make them takes longer than a cached step. It is done once for a
 * process, however often it is called.
 */
export function outliveClosedPipes(): void {
  if (isDone) return
  isDone = true
  for (const name of ['stdout', 'stderr'] as const) {
    const property = Object.getOwnPropertyDescriptor(process, name)
    if (property?.get === undefined || property.configurable !== true) continue
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
