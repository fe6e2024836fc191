/**
 * Methods that may fill a memo, with why. Under a guard such as `if (!m.has(k)) m.set(k, compute(k))` the first call
 * decides and every later one gets the same. `add` and `push` are not here: a set of what was seen makes the second
 * call differ from the first.
 */
export const MEMO_METHODS: ReadonlySet<string> = new Set(['set'])

/** Operators that assign only where there is nothing yet. */
export const MEMO_OPERATORS: ReadonlySet<string> = new Set(['??=', '||='])

/** Methods whose result tells whether a container has something already. */
export const MEMO_QUESTIONS: ReadonlySet<string> = new Set(['has', 'get', 'hasOwn', 'hasOwnProperty'])
