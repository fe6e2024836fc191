/**
 * Modules of Node that read from outside, without `node:`, and why. `true`: every name of it; a list: only those names
 * (and the whole of the module, as `import * as` or a default import gives it, by the members that are used).
 */
export const OUTSIDE_BUILTINS: Readonly<Record<string, true | readonly string[]>> = {
  // Files that change without the code changing.
  fs: true,
  'fs/promises': true,
  sqlite: true,
  readline: true,
  'readline/promises': true,
  repl: true,
  tty: true,
  // Network.
  http: true,
  http2: true,
  https: true,
  net: true,
  tls: true,
  dgram: true,
  dns: true,
  'dns/promises': true,
  // Other processes and threads, whose code is started by a path.
  child_process: true,
  cluster: true,
  worker_threads: ['Worker', 'parentPort', 'receiveMessageOnPort', 'BroadcastChannel', 'default', '*'],
  // The machine.
  os: [
    'cpus',
    'freemem',
    'totalmem',
    'hostname',
    'loadavg',
    'networkInterfaces',
    'uptime',
    'userInfo',
    'homedir',
    'tmpdir',
  ],
  // Clock and randomness.
  perf_hooks: ['performance', 'default', '*'],
  process: ['hrtime', 'uptime', 'argv', 'stdin', 'cwd', 'memoryUsage', 'cpuUsage'],
  crypto: [
    'randomBytes',
    'randomFill',
    'randomFillSync',
    'randomInt',
    'randomUUID',
    'getRandomValues',
    'webcrypto',
    'generateKey',
    'generateKeySync',
    'generateKeyPair',
    'generateKeyPairSync',
    'generatePrime',
    'generatePrimeSync',
  ],
}
