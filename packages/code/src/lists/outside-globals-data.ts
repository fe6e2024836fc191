/**
 * Globals of Node that read from outside of the process or differ from one moment to the next, and why. A key with a
 * point is a member; a key without one is the global itself. `new Date()` and `Date()` without arguments are found by
 * their shape.
 */
export const OUTSIDE_GLOBALS: Readonly<Record<string, string>> = {
  fetch: 'network',
  WebSocket: 'network',
  EventSource: 'network',
  XMLHttpRequest: 'network',
  'Date.now': 'clock',
  'performance.now': 'clock',
  'performance.timeOrigin': 'clock',
  'Temporal.Now': 'clock',
  'process.hrtime': 'clock',
  'process.uptime': 'clock',
  'process.argv': 'command line',
  'process.stdin': 'standard input',
  'process.cwd': 'working directory',
  'process.memoryUsage': 'state of the process',
  'process.cpuUsage': 'state of the process',
  'Math.random': 'randomness',
  'crypto.randomUUID': 'randomness',
  'crypto.getRandomValues': 'randomness',
}
