/** Thrown where a value has no canonical form. Its message is one clause that names no text and no secret. */
export class Incomparable extends Error {}

const WAY_OUT = 'pass it as a parameter or build it inside the step'
const SPECIAL = 'special object'
const PLAIN_NAME = /^[A-Za-z_$][\w$]{0,23}$/

/** Refuses a value: `k is a Conn that cannot be compared; ...`. */
export function isA(at: string, kind: string): Incomparable {
  return new Incomparable(`${at} is ${withArticle(kind)} that cannot be compared; ${WAY_OUT}`)
}

/** Refuses a value for something that it has: `k has a getter and cannot be compared; ...`. */
export function hasA(at: string, what: string): Incomparable {
  return new Incomparable(`${at} has ${what} and cannot be compared; ${WAY_OUT}`)
}

/** A member of a value in a message. Keys that are no short names are left out: they might be secrets. */
export function memberOf(at: string, key: string): string {
  if (/^\d{1,10}$/.test(key)) return `${at}[${key}]`
  return PLAIN_NAME.test(key) ? `${at}.${key}` : `${at}[…]`
}

/** What an object is, for a message: the name of its class. No code of the object runs. */
export function kindOf(value: object): string {
  for (let proto = protoOf(value); proto !== null; proto = protoOf(proto)) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(proto, 'constructor')?.value
    const name: unknown =
      typeof constructor === 'function' ? Object.getOwnPropertyDescriptor(constructor, 'name')?.value : undefined
    if (typeof name === 'string' && PLAIN_NAME.test(name)) return name === 'Object' ? SPECIAL : name
  }
  return SPECIAL
}

function protoOf(value: object): object | null {
  // `getPrototypeOf` is typed `any`.
  return Object.getPrototypeOf(value) as object | null
}

function withArticle(kind: string): string {
  return `${/^[aeio]/i.test(kind) ? 'an' : 'a'} ${kind}`
}
