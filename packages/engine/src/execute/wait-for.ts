import { setTimeout as sleep } from 'node:timers/promises'

/** The longest delay of one of Node's timers, 24.8 days; they fire at once when given more. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** Waits for any number of milliseconds, or until the signal is aborted. Resolves with whether the time is over. */
export async function waitFor(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    for (let left = ms; left > 0; left -= MAX_TIMER_MS) {
      await sleep(Math.min(left, MAX_TIMER_MS), undefined, { signal })
    }
    return !signal.aborted
  } catch {
    return false
  }
}
