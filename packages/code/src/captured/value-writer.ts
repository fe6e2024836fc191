import { types } from 'node:util'

import type { CanonicalBytes } from './canonical-bytes.ts'
import { Incomparable, isA, kindOf, memberOf } from './incomparable.ts'
import { memberEntries } from './member-entries.ts'
import { isPlainView, isWholeBuffer } from './memory.ts'
import { isPlainObject } from './plain-object.ts'

/** Objects that were met under other names, to tell values that share one from values that only look alike. */
export type Shared = Map<object, string>

/** What a value is written into. */
export interface ValueTarget {
  readonly bytes: CanonicalBytes
  /** The name of the whole value, for messages. */
  readonly name: string
  readonly shared: Shared
}

/** A function that was met in a value. */
export interface MetFunction {
  readonly fn: Function
  /** How it was reached, for messages. */
  readonly at: string
}

const DEEPEST = 1000

/**
 * Writes values in canonical form: equal data is equal bytes, other data is other bytes. Objects that were written
 * before are written as references, so circles end and shared objects differ from copies. Functions are only numbered:
 * the caller writes what they are, and asks `functions` for them.
 */
export class ValueWriter {
  /** All functions that were met, in order of their numbers; it grows with each value. */
  readonly functions: MetFunction[] = []
  readonly #target: ValueTarget
  readonly #numbers = new Map<object, number>()
  #depth = 0

  constructor(target: ValueTarget) {
    this.#target = target
  }

  /**
   * @param at how the value was reached, for messages
   * @throws Incomparable if there is no canonical form
   */
  write(value: unknown, at: string): void {
    const { bytes } = this.#target
    if (value === null) return bytes.mark('n')
    switch (typeof value) {
      case 'undefined':
        return bytes.mark('u')
      case 'boolean':
        return bytes.mark(value ? 't' : 'f')
      case 'number':
        bytes.mark('d')
        return bytes.number(value)
      case 'bigint':
        bytes.mark('i')
        return bytes.text(String(value))
      case 'string':
        bytes.mark('s')
        return bytes.text(value)
      case 'symbol':
        throw isA(at, 'symbol')
      default:
        // The two kinds that are left.
        this.#writeReference(value as object, at)
    }
  }

  /** Writes the own members of an object, those that are not part of what it is otherwise. */
  members(value: object, at: string, standard: readonly string[] = []): void {
    const { bytes } = this.#target
    const entries = memberEntries(value, at, standard)
    bytes.number(entries.length)
    for (const [key, member] of entries) {
      bytes.text(key)
      this.write(member, memberOf(at, key))
    }
  }

  #writeReference(value: object, at: string): void {
    const { bytes, name, shared } = this.#target
    const known = this.#numbers.get(value)
    if (known !== undefined) {
      bytes.mark('@')
      return bytes.number(known)
    }
    if (types.isProxy(value)) throw isA(at, 'proxy')
    const number = this.#numbers.size
    this.#numbers.set(value, number)
    const elsewhere = shared.get(value)
    if (elsewhere === undefined) shared.set(value, `${name} ${number}`)
    else {
      bytes.mark('=')
      bytes.text(elsewhere)
    }
    if (typeof value === 'function') return this.#writeFunction(value, at)
    if (this.#depth >= DEEPEST) throw new Incomparable(`${name} is nested too deeply to be compared`)
    this.#depth += 1
    this.#writeObject(value, at)
    this.#depth -= 1
  }

  #writeFunction(fn: Function, at: string): void {
    this.#target.bytes.mark('F')
    this.#target.bytes.number(this.functions.length)
    this.functions.push({ fn, at })
  }

  #writeObject(value: object, at: string): void {
    const { bytes } = this.#target
    const proto: unknown = Object.getPrototypeOf(value)
    // First: what a module exports may have no value yet, and then asking anything of it throws.
    if (types.isModuleNamespaceObject(value)) throw isA(at, 'module')
    bytes.mark(Object.isFrozen(value) ? 'z' : 'y')
    if (Array.isArray(value) && proto === Array.prototype) return this.#writeArray(value, at)
    if (types.isMap(value) && proto === Map.prototype) this.#writeMap(value, at)
    else if (types.isSet(value) && proto === Set.prototype) this.#writeSet(value, at)
    else if (types.isDate(value) && proto === Date.prototype) {
      bytes.mark('D')
      bytes.number(Date.prototype.getTime.call(value))
    } else if (types.isRegExp(value) && proto === RegExp.prototype) return this.#writeRegExp(value, at)
    else if (ArrayBuffer.isView(value)) return this.#writeView(value, at)
    else if (types.isArrayBuffer(value)) this.#writeBuffer(value, at)
    else if (isPlainObject(value)) bytes.mark(proto === null ? 'O' : 'o')
    else throw isA(at, kindOf(value))
    this.members(value, at)
  }

  #writeArray(value: readonly unknown[], at: string): void {
    this.#target.bytes.mark('a')
    this.#target.bytes.number(value.length)
    this.members(value, at, ['length'])
  }

  #writeMap(value: ReadonlyMap<unknown, unknown>, at: string): void {
    this.#target.bytes.mark('M')
    this.#target.bytes.number(value.size)
    Map.prototype.forEach.call(value, (member, key) => {
      this.write(key, `a key of ${at}`)
      this.write(member, `${at}.get(…)`)
    })
  }

  #writeSet(value: ReadonlySet<unknown>, at: string): void {
    this.#target.bytes.mark('S')
    this.#target.bytes.number(value.size)
    Set.prototype.forEach.call(value, (member) => this.write(member, `a member of ${at}`))
  }

  #writeRegExp(value: RegExp, at: string): void {
    const { bytes } = this.#target
    bytes.mark('R')
    bytes.text(value.source)
    bytes.text(value.flags)
    bytes.number(value.lastIndex)
    this.members(value, at, ['lastIndex'])
  }

  #writeView(value: ArrayBufferView, at: string): void {
    const { bytes } = this.#target
    if (!isPlainView(value)) throw isA(at, kindOf(value))
    bytes.mark('V')
    bytes.text(kindOf(value))
    if (Buffer.isBuffer(value)) return bytes.bytes(value)
    bytes.number(value.byteOffset)
    bytes.number(value.byteLength)
    this.write(value.buffer, `the memory of ${at}`)
  }

  #writeBuffer(value: ArrayBuffer, at: string): void {
    if (!isWholeBuffer(value)) throw isA(at, kindOf(value))
    this.#target.bytes.mark('B')
    this.#target.bytes.bytes(new Uint8Array(value))
  }
}
