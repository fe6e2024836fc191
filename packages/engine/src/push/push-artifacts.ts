import type { PushSelection } from './chosen-results.ts'
import type { PushStacks } from './open-push.ts'
import type { PushProgress, PushReport } from './push-report.ts'

/** What is pushed, and where to. */
export interface PushRequest extends PushStacks {
  /** `all`: every reusable result in the artifact store. @default the newest run of the stack */
  readonly what?: PushSelection | 'all' | undefined
  /** Says what would be copied, and writes nothing. @default false */
  readonly dryRun?: boolean | undefined
  /** Stops between two objects, or in the middle of one, which is then not there. */
  readonly signal?: AbortSignal | undefined
  /** Called often. */
  readonly onProgress?: ((progress: PushProgress) => void) | undefined
}

/**
 * Copies results from the artifact store of one stack to that of another, in the order of writes, and puts them into the
 * index there, so that the next run reuses them. What is there is not copied again. It may be broken off at any moment
 * and done again, and several may do it at once.
 *
 * @throws CAIRN_RUN_UNKNOWN where there is no run, CAIRN_STORE_LAYOUT, what opening a stack throws, what stores throw,
 *   and the reason of the signal
 */
export async function pushArtifacts(request: PushRequest): Promise<PushReport> {
  // Runs do not need it.
  const { carryOutPush } = await import('./carry-out-push.ts')
  return carryOutPush(request)
}
