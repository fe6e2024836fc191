import { cairnError } from '../errors/cairn-error.ts'

/** How long plugins are waited for that may wait for what never comes. */
export interface LoadLimit {
  /** @default 10000 */
  readonly timeoutMs?: number | undefined
  /** Told where one is not waited for any longer: it may keep the process from ending. */
  readonly onLate?: (() => void) | undefined
}

const LOAD_MS = 10_000

/**
 * What comes of loading a plugin, unless that takes too long.
 *
 * @throws CAIRN_PLUGIN_INVALID if it does, and what loading it throws
 */
export async function loadedInTime<T>(
  loading: Promise<T>,
  plugin: string,
  { timeoutMs = LOAD_MS, onLate }: LoadLimit = {},
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    onLate?.()
    const problem = `it was not loaded within ${timeoutMs / 1000} s`
    const remedy = 'Look at what its modules wait for as they are loaded.'
    reject(cairnError('CAIRN_PLUGIN_INVALID', { plugin, problem, remedy }))
  }, timeoutMs)
  try {
    return await Promise.race([loading, late])
  } finally {
    clearTimeout(timer)
  }
}
