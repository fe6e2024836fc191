import { types } from 'node:util'

import { Incomparable, isA, kindOf, memberOf } from '../captured/incomparable.ts'
import { memberEntries } from '../captured/member-entries.ts'
import { isPlainView, isWholeBuffer } from '../captured/memory.ts'
import { UnbundleableError } from './unbundleable-error.ts'

const STANDARD_OF_ARRAYS = ['length']
const STANDARD_OF_REGEXPS = ['lastIndex']

/**
 * Text of a module that exports `captured`: an object with the given values, made anew. Objects that are shared are
 * shared again, circles are circles, and what is frozen is frozen.
 *
 * @throws UnbundleableError for anything but data
 */
export function capturedModule(values: ReadonlyMap<string, unknown>): string {
  const writer = new SourceWriter()
  const members = [...values].map(([name, value]) => `${JSON.stringify(name)}:${writer.reference(value, name)}`)
  return `${writer.finish()}export const captured={${members.join()}};\n`
}

/** Makes all objects first and fills them afterwards, so that it does not matter who refers to whom. */
class SourceWriter {
  readonly #names = new Map<object, string>()
  readonly #pending: (() => void)[] = []
  #made = ''
  #filled = ''
  #frozen = ''

  /** An expression for a value. */
  reference(value: unknown, at: string): string {
    if (typeof value === 'symbol') throw unbundleable(isA(at, 'symbol'))
    if (typeof value === 'function')
      throw new UnbundleableError(`it uses ${at} of the function around it, which is a function`)
    if (typeof value !== 'object' || value === null) return primitiveText(value)
    const known = this.#names.get(value)
    if (known !== undefined) return known
    const name = `$${this.#names.size}`
    this.#names.set(value, name)
    try {
      this.#make(value, name, at)
    } catch (error) {
      throw error instanceof Incomparable ? unbundleable(error) : error
    }
    if (Object.isFrozen(value) && !ArrayBuffer.isView(value)) this.#frozen += `Object.freeze(${name});\n`
    return name
  }

  finish(): string {
    for (let fill = this.#pending.shift(); fill !== undefined; fill = this.#pending.shift()) fill()
    return this.#made + this.#filled + this.#frozen
  }

  #make(value: object, name: string, at: string): void {
    const proto: unknown = Object.getPrototypeOf(value)
    if (types.isProxy(value)) throw isA(at, 'proxy')
    if (ArrayBuffer.isView(value)) return this.#declare(name, this.#view(value, at))
    if (types.isArrayBuffer(value)) return this.#declare(name, memoryText(value, at))
    if (Array.isArray(value)) {
      this.#declare(name, `new Array(${value.length})`)
      return this.#fillLater(value, { name, at, standard: STANDARD_OF_ARRAYS })
    }
    if (types.isRegExp(value)) {
      this.#declare(name, `new RegExp(${JSON.stringify(value.source)},${JSON.stringify(value.flags)})`)
      if (value.lastIndex !== 0) this.#filled += `${name}.lastIndex=${value.lastIndex};\n`
      return this.#fillLater(value, { name, at, standard: STANDARD_OF_REGEXPS })
    }
    if (types.isDate(value)) this.#declare(name, `new Date(${primitiveText(value.getTime())})`)
    else if (types.isMap(value)) this.#makeMap(value, name, at)
    else if (types.isSet(value)) this.#makeSet(value, name, at)
    else if (proto === null || proto === Object.prototype)
      this.#declare(name, proto === null ? '{__proto__:null}' : '{}')
    else throw isA(at, kindOf(value))
    return this.#fillLater(value, { name, at, standard: [] })
  }

  #makeMap(value: ReadonlyMap<unknown, unknown>, name: string, at: string): void {
    this.#declare(name, 'new Map()')
    this.#pending.push(() => {
      for (const [key, member] of value) {
        const parts = [this.reference(key, `a key of ${at}`), this.reference(member, `${at}.get(…)`)]
        this.#filled += `${name}.set(${parts.join()});\n`
      }
    })
  }

  #makeSet(value: ReadonlySet<unknown>, name: string, at: string): void {
    this.#declare(name, 'new Set()')
    this.#pending.push(() => {
      for (const member of value) this.#filled += `${name}.add(${this.reference(member, `a member of ${at}`)});\n`
    })
  }

  #declare(name: string, text: string): void {
    this.#made += `const ${name}=${text};\n`
  }

  /** Members are defined, not assigned: one may be called `__proto__`. */
  #fillLater(
    value: object,
    { name, at, standard }: { readonly name: string; readonly at: string; readonly standard: readonly string[] },
  ): void {
    // Refusals come at once; the order of members is that of the object and not that of the canonical form.
    const entries = new Map(memberEntries(value, at, standard))
    this.#pending.push(() => {
      for (const key of Object.keys(value)) {
        if (!entries.has(key)) continue
        const text = this.reference(entries.get(key), memberOf(at, key))
        this.#filled +=
          key === '__proto__'
            ? `Object.defineProperty(${name},"__proto__",{value:${text},writable:true,enumerable:true,configurable:true});\n`
            : `${name}[${JSON.stringify(key)}]=${text};\n`
      }
    })
  }

  #view(value: ArrayBufferView, at: string): string {
    if (!isPlainView(value)) throw isA(at, kindOf(value))
    if (Buffer.isBuffer(value)) return `Buffer.from("${value.toString('base64')}","base64")`
    // Memory has no members that could lead back here, so it is made before the view.
    const memory = this.reference(value.buffer, `the memory of ${at}`)
    const size = 'length' in value ? Number(value.length) : value.byteLength
    return `new ${kindOf(value)}(${memory},${value.byteOffset},${size})`
  }
}

function memoryText(value: ArrayBufferLike, at: string): string {
  if (!types.isArrayBuffer(value) || !isWholeBuffer(value)) throw isA(at, kindOf(value))
  return `new Uint8Array(Buffer.from("${Buffer.from(value).toString('base64')}","base64")).buffer`
}

function primitiveText(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'void 0'
    case 'bigint':
      return `${value}n`
    case 'string':
      return JSON.stringify(value)
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    default:
      return String(value)
  }
}

function unbundleable(error: Incomparable): UnbundleableError {
  return new UnbundleableError(error.message)
}
