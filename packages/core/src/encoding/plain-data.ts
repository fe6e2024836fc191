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
  return new Walk(visitor, where).visit(value, '')
}

class Walk<R> {
  readonly #visitor: PlainVisitor<R>
  readonly #where: string
  readonly #open = new Set<object>()

  constructor(visitor: PlainVisitor<R>, where: string) {
    this.#visitor = visitor
    this.#where = where
  }

  visit(value: unknown, path: string): R {
    switch (typeof value) {
      case 'boolean':
      case 'number':
      case 'string':
      case 'bigint':
        return this.#visitor.scalar(value)
      case 'object':
        return value === null ? this.#visitor.scalar(null) : this.#object(value, path)
      default:
        throw this.#refuse(path, value === undefined ? 'undefined' : `a ${typeof value}`)
    }
  }

  #object(value: object, path: string): R {
    if (value instanceof Date) return this.#visitor.date(value)
    if (value instanceof Uint8Array) return this.#visitor.bytes(value)
    if (this.#open.has(value)) throw this.#refuse(path, 'a reference to itself')
    // The whole path would fill the screen.
    if (this.#open.size >= MAX_DEPTH) throw this.#refuse(`${path.slice(0, 80)}…`, `more than ${MAX_DEPTH} levels`)
    this.#open.add(value)
    const result = Array.isArray(value) ? this.#array(value, path) : this.#entries(value, path)
    this.#open.delete(value)
    return result
  }

  #array(items: readonly unknown[], path: string): R {
    const results: R[] = []
    for (let index = 0; index < items.length; index++) {
      results.push(this.visit(items[index], path === '' ? String(index) : `${path}.${index}`))
    }
    const named = Object.keys(items)[items.length]
    if (named !== undefined) throw this.#refuse(path, `an array with a property "${named}"`)
    return this.#visitor.array(results)
  }

  #entries(value: object, path: string): R {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw this.#refuse(path, `an instance of ${value.constructor?.name || 'a class'}`)
    }
    if (Object.getOwnPropertySymbols(value).length > 0) throw this.#refuse(path, 'an object with symbol keys')
    const entries: [string, R][] = []
    for (const name of Object.keys(value).toSorted(byCodeUnit)) {
      const inside = path === '' ? name : `${path}.${name}`
      const property = Object.getOwnPropertyDescriptor(value, name)
      if (property?.get !== undefined || property?.set !== undefined) throw this.#refuse(inside, 'an accessor')
      const item: unknown = property?.value
      if (item !== undefined) entries.push([name, this.visit(item, inside)])
    }
    return this.#visitor.object(entries)
  }

  #refuse(path: string, found: string): Error {
    return cairnError('CAIRN_VALUE_NOT_PLAIN', { where: this.#where, path, found })
  }
}

/** Order by UTF-16 code units, the same on every machine and in every locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
