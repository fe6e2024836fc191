import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/** Gives back all memory that nothing refers to any more, before it returns. */
export function collectGarbage(): void {
  collect ??= collector()
  collect()
  // Buffers are swept beside the program; a second collection waits for that of the first.
  collect()
}

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  // Sound: the flag makes it a global of every context from here on.
  return runInNewContext('gc') as () => void
}
