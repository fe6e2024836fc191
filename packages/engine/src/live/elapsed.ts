/** How long something has been going on, as `0.4s`, `2m 05s` or `1h 02m`. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 60) return `${(Math.floor(seconds * 10) / 10).toFixed(1)}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}m ${two(Math.floor(seconds % 60))}s`
  return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
