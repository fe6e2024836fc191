/**
 * Globals whose functions and constructors change nothing but what they return, when a module calls them at load.
 * Changes by `Object.assign` and the like are found by what they are given.
 */
export const HARMLESS_GLOBALS: ReadonlySet<string> = new Set([
  // Values and containers: a new one each time.
  'Array',
  'ArrayBuffer',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'Boolean',
  'DataView',
  'Date',
  'Float32Array',
  'Float64Array',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'Map',
  'Number',
  'RegExp',
  'Set',
  'SharedArrayBuffer',
  'String',
  'Symbol',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'WeakMap',
  'WeakRef',
  'WeakSet',
  // Errors.
  'AggregateError',
  'Error',
  'RangeError',
  'SyntaxError',
  'TypeError',
  // Functions of their arguments.
  'Intl',
  'Iterator',
  'JSON',
  'Math',
  'Object',
  'decodeURIComponent',
  'encodeURIComponent',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'structuredClone',
  // Of the platform, and a new one each time.
  'AbortController',
  'AbortSignal',
  'Blob',
  'Headers',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  // They only read or print.
  'console',
  'performance',
  'Promise',
])

/** Members of harmless globals that do change something shared. */
export const HARMFUL_MEMBERS: ReadonlySet<string> = new Set([
  'Object.assign',
  'Object.defineProperty',
  'Object.defineProperties',
  'Object.setPrototypeOf',
  'Promise.prototype',
  'Array.prototype',
  'Object.prototype',
  'String.prototype',
])

/** Functions of `process` that change nothing that a step's result could depend on. */
export const HARMLESS_PROCESS: ReadonlySet<string> = new Set([
  'cwd',
  'hrtime',
  'memoryUsage',
  'uptime',
  'stdout',
  'stderr',
  'on',
  'once',
  'off',
  'exit',
  'emitWarning',
  'nextTick',
  'cpuUsage',
  'argv',
])

/** Members of `process` that may be changed or assigned without changing what a step does. */
export const HARMLESS_PROCESS_MEMBERS: ReadonlySet<string> = new Set(['exitCode', 'title', 'stdin', 'stdout', 'stderr'])
