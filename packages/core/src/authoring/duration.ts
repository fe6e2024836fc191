const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/

/** A duration like `'500ms'`, `'30s'`, `'10m'`, `'2h'`, `'30d'` or `'2w'` in milliseconds, or `undefined` if it is none. */
export function parseDuration(text: unknown): number | undefined {
  const match = typeof text === 'string' ? DURATION.exec(text) : null
  if (match === null) return undefined
  // Sound: the expression admits only these units.
  const ms = Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}
