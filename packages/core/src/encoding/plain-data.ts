import { cairnError } from '../errors/cairn-error.ts'

/** What parameters and key parts may hold: data that means the same on every machine. */
export type PlainData =
  | null
  | boolean
  | number
  | string
  | bigint
  | Date
  | Uint8Array
  | readonly PlainData[]
  | { readonly [name: string]: PlainData | undefined }

/** A plain object of plain data; a property that is `undefined` counts as absent. */
export type PlainObject = { readonly [name: string]: PlainData | undefined }

/** What a walk over plain data does at each kind of value. */
export interface PlainVisitor<R> {
  scalar(value: null | boolean | number | string | bigint): R
  date(value: Date): R
  bytes(value: Uint8Array): R
  array(items: readonly R[]): R
  /** Entries are sorted by the code units of their names; absent properties are left out. */
  object(entries: readonly (readonly [name: string, value: R])[]): R
}

/** How deeply arrays and objects may be nested; a walk that has no limit would run out of stack. */
export const MAX_DEPTH = 1000

/**
 * Walks a value and refuses, with its path, anything that is not plain data: functions, symbols, class instances,
 * holes, `undefined` in arrays, arrays with named properties, cycles, symbol keys, accessors, and nesting deeper than
 * `MAX_DEPTH`. A proxy counts as what it shows.
 *
 * @param where names the value in the error, for example `parameter "gamma" of step "train"`
 * @throws CAIRN_VALUE_NOT_PLAIN
 */
export function walkPlain<R>(value: unknown, visitor: PlainVisitor<R>, where: string): R {
  return new Walk(visitor, where).visit(value)
}

class Walk<R> {
  readonly #visitor: PlainVisitor<R>
  readonly #where: string
  /** What the walk is inside of. It is short, and to look through it is quicker than to hash every object. */
  readonly #open: object[] = []
  /** Names and indices from the value to where the walk is; an error joins them. */
  readonly #path: (string | number)[] = []

  constructor(visitor: PlainVisitor<R>, where: string) {
    this.#visitor = visitor
    this.#where = where
  }

  visit(value: unknown): R {
    switch (typeof value) {
      case 'boolean':
      case 'number':
      case 'string':
      case 'bigint':
        return this.#visitor.scalar(value)
      case 'object':
        return value === null ? this.#visitor.scalar(null) : this.#object(value)
      default:
        throw this.#refuse(value === undefined ? 'undefined' : `a ${typeof value}`)
    }
  }

  #object(value: object): R {
    if (value instanceof Date) return this.#visitor.date(value)
    if (value instanceof Uint8Array) return this.#visitor.bytes(value)
    const open = this.#open
    if (open.includes(value)) throw this.#refuse('a reference to itself')
    // The whole path would fill the screen.
    if (open.length >= MAX_DEPTH) {
      throw this.#refuse(`more than ${MAX_DEPTH} levels`, `${this.#path.join('.').slice(0, 80)}…`)
    }
    open.push(value)
    const result = Array.isArray(value) ? this.#array(value) : this.#entries(value)
    open.pop()
    return result
  }

  #array(items: readonly unknown[]): R {
    const results: R[] = []
    for (let index = 0; index < items.length; index++) results.push(this.#inside(index, items[index]))
    const named = Object.keys(items)[items.length]
    if (named !== undefined) throw this.#refuse(`an array with a property "${named}"`)
    return this.#visitor.array(results)
  }

  #entries(value: object): R {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw this.#refuse(`an instance of ${value.constructor?.name || 'a class'}`)
    }
    if (Object.getOwnPropertySymbols(value).length > 0) throw this.#refuse('an object with symbol keys')
    const entries: [string, R][] = []
    for (const name of Object.keys(value).toSorted(byCodeUnit)) {
      const property = Object.getOwnPropertyDescriptor(value, name)
      if (property?.get !== undefined || property?.set !== undefined)
        throw this.#refuse('an accessor', [...this.#path, name].join('.'))
      const item: unknown = property?.value
      if (item !== undefined) entries.push([name, this.#inside(name, item)])
    }
    return this.#visitor.object(entries)
  }

  #inside(step: string | number, value: unknown): R {
    this.#path.push(step)
    const result = this.visit(value)
    this.#path.pop()
    return result
  }

  #refuse(found: string, path: string = this.#path.join('.')): Error {
    return cairnError('CAIRN_VALUE_NOT_PLAIN', { where: this.#where, path, found })
  }
}

/** Order by UTF-16 code units, the same on every machine and in every locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
