/**
 * What methods of values of the language give back, and whom they call. They are taken by name alone: what a method of
 * a project's own object of the same name returns is found through the name of the object.
 */

/** They give numbers, texts and truth values, or nothing. */
export const SCALAR_METHODS: ReadonlySet<string> = new Set([
  'charAt',
  'charCodeAt',
  'codePointAt',
  'endsWith',
  'every',
  'findIndex',
  'findLastIndex',
  'forEach',
  'getTime',
  'has',
  'hasOwnProperty',
  'includes',
  'indexOf',
  'isWellFormed',
  'join',
  'lastIndexOf',
  'localeCompare',
  'normalize',
  'padEnd',
  'padStart',
  'push',
  'repeat',
  'replace',
  'replaceAll',
  'search',
  'some',
  'startsWith',
  'substring',
  'test',
  'toFixed',
  'toISOString',
  'toLocaleString',
  'toLowerCase',
  'toPrecision',
  'toString',
  'toUpperCase',
  'trim',
  'trimEnd',
  'trimStart',
  'unshift',
])

/** They give a new value that may hold parts of the old one, and what callbacks return. */
export const COPYING_METHODS: ReadonlySet<string> = new Set([
  'concat',
  'difference',
  'drop',
  'entries',
  'exec',
  'filter',
  'flat',
  'flatMap',
  'intersection',
  'keys',
  'map',
  'match',
  'matchAll',
  'slice',
  'splice',
  'split',
  'symmetricDifference',
  'take',
  'then',
  'catch',
  'finally',
  'toArray',
  'toReversed',
  'toSorted',
  'toSpliced',
  'union',
  'values',
  'with',
])

/** Without arguments, they give what can be read once. */
export const ITERATOR_METHODS: ReadonlySet<string> = new Set(['entries', 'keys', 'values'])

/** Of what can be read once, they give another such. */
export const ITERATOR_HELPERS: ReadonlySet<string> = new Set(['drop', 'filter', 'flatMap', 'map', 'take'])

/** They end a chain of calls with something that is no iterator. */
export const READING_MEMBERS: ReadonlySet<string> = new Set([
  'done',
  'every',
  'find',
  'forEach',
  'join',
  'length',
  'next',
  'reduce',
  'size',
  'some',
  'toArray',
  'value',
])

/** They give what they are called on. */
export const SELF_METHODS: ReadonlySet<string> = new Set(['add', 'copyWithin', 'fill', 'reverse', 'set', 'sort'])

/** They give a part of what they are called on. */
export const ELEMENT_METHODS: ReadonlySet<string> = new Set(['at', 'find', 'findLast', 'get', 'next', 'pop', 'shift'])

/** They call functions with parts of what they are called on. */
export const CALLBACK_METHODS: ReadonlySet<string> = new Set([
  'catch',
  'every',
  'filter',
  'finally',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'forEach',
  'map',
  'replace',
  'replaceAll',
  'some',
  'sort',
  'then',
  'toSorted',
])

/** Globals, or their functions, that give only numbers, texts or what holds nothing that was there before. */
export const SCALAR_GLOBALS: ReadonlySet<string> = new Set([
  'BigInt',
  'Boolean',
  'Date',
  'Intl',
  'JSON',
  'Math',
  'Number',
  'RegExp',
  'String',
  'Symbol',
  'Array.isArray',
  'Object.is',
  'Object.isFrozen',
  'Object.hasOwn',
  'Object.keys',
  'console',
  'decodeURIComponent',
  'encodeURIComponent',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'performance',
  'structuredClone',
])

/** They read what they are given, and make something of the parts alone. */
export const READING_GLOBALS: ReadonlySet<string> = new Set([
  'Array.from',
  'Array.fromAsync',
  'Map',
  'Object.fromEntries',
  'Promise.all',
  'Set',
])

/** They make data whose methods are those of the language, which give what the rules here say. Views are none. */
export const DATA_GLOBALS: ReadonlySet<string> = new Set([
  'Array',
  'BigInt64Array',
  'BigUint64Array',
  'Date',
  'Float32Array',
  'Float64Array',
  'Headers',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'Map',
  'Set',
  'URLSearchParams',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'WeakMap',
  'WeakSet',
])

/** Functions of globals that give their first argument, or something that acts for it. */
export const PASSING_GLOBALS: ReadonlySet<string> = new Set([
  'Object',
  'Object.assign',
  'Object.defineProperties',
  'Object.defineProperty',
  'Object.freeze',
  'Object.preventExtensions',
  'Object.seal',
  'Object.setPrototypeOf',
  'Proxy',
  'Iterator.from',
])

/** They call what they are given with what they are given. */
export const APPLYING_GLOBALS: ReadonlySet<string> = new Set(['Reflect.apply', 'Reflect.construct'])

/** They give the prototype of something. */
export const PROTOTYPE_GLOBALS: ReadonlySet<string> = new Set(['Object.getPrototypeOf', 'Reflect.getPrototypeOf'])

/** Globals whose prototypes a literal or a function leads to. */
export const PROTOTYPES: readonly string[] = [
  'Array',
  'Object',
  'String',
  'Number',
  'Function',
  'Promise',
  'Map',
  'Set',
  'RegExp',
]
