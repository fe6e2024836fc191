import { types } from 'node:util'

/** What a path leads to. */
export interface ReadMember {
  readonly value: unknown
  /** The object that the value is a member of; absent where the path has no members. */
  readonly holder?: object | undefined
}

/**
 * Follows a path of members, `options.limit`, from the value of its first name. Nothing runs on the way: where a member
 * is computed, native or missing, or belongs to something that is no object, the last value that could be read is the
 * answer, because all of it counts.
 */
export function readMember(root: unknown, path: string): ReadMember {
  let read: ReadMember = { value: root }
  for (const name of path.split('.').slice(1)) {
    const { value } = read
    if (!isObject(value) || types.isProxy(value)) return read
    const member = dataMember(value, name)
    if (member === undefined || isNative(member.value)) return read
    read = { value: member.value, holder: value }
  }
  return read
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** A member that is no getter, its own or inherited, or `undefined`. */
function dataMember(value: object, name: string): { readonly value: unknown } | undefined {
  for (let owner: object | null = value; owner !== null && !types.isProxy(owner); owner = protoOf(owner)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name)
    if (descriptor !== undefined) return 'value' in descriptor ? { value: descriptor.value } : undefined
  }
  return undefined
}

function protoOf(value: object): object | null {
  // `getPrototypeOf` is typed `any`.
  return Object.getPrototypeOf(value) as object | null
}

function isNative(value: unknown): boolean {
  return typeof value === 'function' && /\[native code\]\s*\}$/.test(Function.prototype.toString.call(value))
}
