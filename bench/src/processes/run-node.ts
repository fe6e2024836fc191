import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The file descriptor on which a child reports; its standard output is thrown away. */
export const REPORT_FD = 3

/** How a process of Node ended. */
export interface EndedProcess {
  /** Milliseconds from before it was started to after it ended. */
  readonly ms: number
  readonly report: string
}

/**
 * Runs this Node with arguments and waits for it.
 *
 * @throws if it fails
 */
export function runNode(
  args: readonly (string | URL)[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): EndedProcess {
  const texts = args.map((arg) => (typeof arg === 'string' ? arg : fileURLToPath(arg)))
  const begun = performance.now()
  const ended = spawnSync(process.execPath, texts, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  })
  const ms = performance.now() - begun
  if (ended.error !== undefined) throw ended.error
  if (ended.status !== 0) throw new Error(`node ${texts.join(' ')} ended with ${ended.status ?? ended.signal}.`)
  return { ms, report: String(ended.output[REPORT_FD] ?? '') }
}
