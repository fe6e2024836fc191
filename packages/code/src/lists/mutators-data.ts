/**
 * Methods of values of the language that change what they are called on. A name that is missing here may be a false
 * hit; one too many is a rerun or a refusal.
 */
export const MUTATORS: ReadonlySet<string> = new Set([
  // Map, Set, WeakMap, WeakSet, URLSearchParams, Headers, FormData
  'set',
  'add',
  'delete',
  'clear',
  'append',
  // Array and typed arrays
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'sort',
  'reverse',
  'fill',
  'copyWithin',
  // Date
  'setTime',
  'setDate',
  'setMonth',
  'setFullYear',
  'setHours',
  'setMinutes',
  'setSeconds',
  'setMilliseconds',
  'setUTCDate',
  'setUTCFullYear',
  'setUTCHours',
  // DataView and buffers
  'setInt8',
  'setUint8',
  'setInt16',
  'setUint16',
  'setInt32',
  'setUint32',
  'setFloat32',
  'setFloat64',
  'write',
  'writeUInt8',
  'writeUInt32LE',
  'writeInt32LE',
  'writeFloatLE',
  'writeDoubleLE',
])

/** Those that hardly are names of data: to take such a method out of a value is to change it. */
export const LIST_MUTATORS: ReadonlySet<string> = new Set([
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'copyWithin',
  'setTime',
])

/**
 * Names that registries, plug-in hosts, event emitters and settings of libraries use for the same. At load they are
 * effects; in a step they are not taken for a change of state, for there they are mostly I/O: `db.insert(row)`.
 */
export const REGISTERING_METHODS: ReadonlySet<string> = new Set([
  'register',
  'unregister',
  'use',
  'extend',
  'configure',
  'assign',
  'define',
  'install',
  'insert',
  'remove',
  'update',
  'put',
  'reset',
  'on',
  'once',
  'off',
  'addListener',
  'removeListener',
  'enable',
  'disable',
])

/** Functions of `Object` and `Reflect` that change their first argument. */
export const CHANGING_STATICS: Readonly<Record<string, ReadonlySet<string>>> = {
  Object: new Set([
    'assign',
    'defineProperty',
    'defineProperties',
    'setPrototypeOf',
    'freeze',
    'seal',
    'preventExtensions',
  ]),
  Reflect: new Set(['set', 'defineProperty', 'deleteProperty', 'setPrototypeOf']),
  Atomics: new Set(['add', 'and', 'compareExchange', 'exchange', 'or', 'store', 'sub', 'xor']),
}
