import { REPORT_FD, runNode } from './run-node.ts'

const REPORT_AT_EXIT = `process.on('exit', () =>
  process.getBuiltinModule('node:fs').writeSync(${REPORT_FD}, String(process.resourceUsage().maxRSS)))`

/** The most memory, in MiB, that a process of Node had resident at any time. */
export function peakMiB(
  args: readonly (string | URL)[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): number {
  const preload = `data:text/javascript,${encodeURIComponent(REPORT_AT_EXIT)}`
  const { report } = runNode(['--import', preload, ...args], options)
  // The system counts kibibytes.
  return Number(report) / 1024
}
