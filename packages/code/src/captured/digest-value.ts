import { CanonicalBytes } from './canonical-bytes.ts'
import type { CapturedReader, FunctionPlace, Unreadable } from './captured-reader.ts'
import { hasA, Incomparable, isA } from './incomparable.ts'
import { readMember } from './read-member.ts'
import { ValueWriter, type MetFunction, type Shared } from './value-writer.ts'

/** The code of a function that was met in a value. */
export interface FunctionCode {
  /**
   * sha256 as hex of the code at its place and of all that this reaches; it tells functions of one declaration apart,
   * and does not depend on where files lie.
   */
  readonly digest: string
  /**
   * Names that the function may capture, as `name` or as a path of members: `options.limit`. All that it does capture
   * must be there; others do no harm, because what no scope around the function has is left out.
   */
  readonly captures: readonly string[]
  /** Whether it uses `this` or `super`, so that the object that it is a member of counts, too. */
  readonly usesThis: boolean
}

/**
 * Finds the code of functions. At a place that is not exact it answers for the whole declaration there: with the names
 * that any function in it captures, and with `usesThis` if one of them does.
 */
export type CodeOf = (place: FunctionPlace) => FunctionCode | Unreadable | Promise<FunctionCode | Unreadable>

/** What reads functions, live ones and their code. */
export interface FunctionTools {
  readonly reader: CapturedReader
  readonly codeOf: CodeOf
}

/** What a value is digested as. */
export interface DigestedAs {
  /** For messages: `limit`, `options.limit`. */
  readonly name: string
  /** The object that the value was read from as a member, if it was. */
  readonly holder?: object | undefined
  /**
   * Objects that other values of the same function hold, to which those of this one are added: a shared object differs
   * from a copy.
   */
  readonly shared?: Shared | undefined
}

/** An arrow function; a method called `async` looks the same. */
const ARROW = /^(?:async\s*)?(?:\(|[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=>)/u
const VERSION = 'cairn captured value 1'
const KINDS_OF_FUNCTION: readonly unknown[] = [
  Function.prototype,
  Object.getPrototypeOf(async () => undefined),
  Object.getPrototypeOf(function* generator() {}),
  Object.getPrototypeOf(async function* generator() {}),
]

/**
 * The digest of a live value: data by content, functions by their code and by what they capture in turn. Where something
 * has no canonical form the answer is the reason, in a clause that holds no text from the value.
 */
export async function digestValue(
  value: unknown,
  as: DigestedAs,
  tools: FunctionTools,
): Promise<{ readonly digest: string } | Unreadable> {
  try {
    return { digest: await new ValueDigest(as, tools).of(value) }
  } catch (error) {
    if (error instanceof Incomparable) return { reason: error.message }
    throw error
  }
}

class ValueDigest {
  readonly #as: DigestedAs
  readonly #tools: FunctionTools
  readonly #bytes = new CanonicalBytes()
  readonly #writer: ValueWriter

  constructor(as: DigestedAs, tools: FunctionTools) {
    this.#as = as
    this.#tools = tools
    this.#writer = new ValueWriter({ bytes: this.#bytes, name: as.name, shared: as.shared ?? new Map() })
  }

  async of(value: unknown): Promise<string> {
    this.#bytes.text(VERSION)
    this.#writer.write(value, this.#as.name)
    // What a function captures may hold further functions.
    for (let next = 0; next < this.#writer.functions.length; next += 1) {
      const met = this.#writer.functions[next]
      if (met !== undefined) await this.#writeFunction(met, met.fn === value ? this.#as.holder : undefined)
    }
    return this.#bytes.digest()
  }

  async #writeFunction({ fn, at }: MetFunction, holder: object | undefined): Promise<void> {
    const place = this.#placeOf(fn, at)
    const code = await this.#tools.codeOf(place)
    if ('reason' in code) throw new Incomparable(`the code of ${at} is not known: ${code.reason}`)
    this.#bytes.mark(place.kind === 'class' ? 'C' : 'X')
    this.#bytes.text(code.digest)
    // Not `fn.name`, which may be a static getter.
    this.#writer.write(Object.getOwnPropertyDescriptor(fn, 'name')?.value, `the name of ${at}`)
    // What tells functions of one declaration apart where the place does not.
    this.#writer.write(place.isExact ? null : Function.prototype.toString.call(fn), `the code of ${at}`)
    this.#writeParent(fn, at)
    this.#writer.members(fn, at)
    if (holder !== undefined && code.usesThis) {
      this.#bytes.mark('T')
      this.#writer.write(holder, `the object of ${at}`)
    }
    if (code.usesThis && isArrow(fn)) throw hasA(at, 'the `this` of the code around it')
    this.#writeCaptures({ fn, at }, code.captures)
  }

  #placeOf(fn: Function, at: string): FunctionPlace {
    const place = this.#tools.reader.location(fn)
    if (!('reason' in place)) return place
    if (/\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn))) throw isA(at, 'native or bound function')
    throw new Incomparable(`${at} is a function that cannot be compared: ${place.reason}`)
  }

  /** What a class extends; functions that are no classes must be as the language makes them. */
  #writeParent(fn: Function, at: string): void {
    const parent: unknown = Object.getPrototypeOf(fn)
    const kind = KINDS_OF_FUNCTION.indexOf(parent)
    this.#bytes.number(kind)
    if (kind === -1) this.#writer.write(parent, `the class that ${at} extends`)
    const isClass = Object.getOwnPropertyDescriptor(fn, 'prototype')?.writable === false
    const prototype: unknown = isClass ? undefined : Object.getOwnPropertyDescriptor(fn, 'prototype')?.value
    if (typeof prototype !== 'object' || prototype === null) return
    if (Reflect.ownKeys(prototype).some((key) => key !== 'constructor')) throw hasA(at, 'a prototype of its own')
  }

  #writeCaptures({ fn, at }: MetFunction, captures: readonly string[]): void {
    const values = this.#tools.reader.values(fn, [...new Set(captures.map(rootOf))])
    if ('reason' in values) throw new Incomparable(values.reason)
    const names = captures.filter((name) => values.has(rootOf(name))).toSorted()
    this.#bytes.number(names.length)
    for (const name of names) {
      const root = rootOf(name)
      const { value, holder } = readMember(values.get(root), name)
      this.#bytes.text(name)
      this.#writer.write(value, `${at}→${name}`)
      // What `this` would be, is not asked for each function that is met: here it always counts.
      if (typeof value === 'function' && holder !== undefined) this.#writer.write(holder, `${at}→${root}`)
    }
  }
}

/** The `this` of an arrow function is that of the code around it, which nothing can read. */
function isArrow(fn: Function): boolean {
  return ARROW.test(Function.prototype.toString.call(fn))
}

function rootOf(path: string): string {
  return path.split('.', 1)[0] ?? path
}
