import { hasA } from './incomparable.ts'

/**
 * The own members of an object, in the order in which code can list them. Nothing of the object runs.
 * Hidden members of functions are left out: the language makes them, or the text of a class.
 *
 * @param standard hidden members that every object of its kind has
 * @throws Incomparable if there is a getter, a symbol as a key, or a member that is hidden
 */
export function memberEntries(
  value: object,
  at: string,
  standard: readonly string[] = [],
): readonly (readonly [key: string, member: unknown])[] {
  const isFunction = typeof value === 'function'
  for (const symbol of Object.getOwnPropertySymbols(value)) {
    const isHidden = Object.getOwnPropertyDescriptor(value, symbol)?.enumerable !== true
    if (!isFunction || !isHidden) throw hasA(at, 'a symbol as a key')
  }
  const entries: (readonly [string, unknown])[] = []
  // In their own order: code can list them.
  for (const key of Object.getOwnPropertyNames(value)) {
    if (standard.includes(key)) continue
    const descriptor = Object.getOwnPropertyDescriptor(value, key)
    if (descriptor === undefined || (isFunction && descriptor.enumerable !== true)) continue
    if (!('value' in descriptor)) throw hasA(at, 'a getter')
    if (descriptor.enumerable !== true) throw hasA(at, 'a hidden property')
    entries.push([key, descriptor.value])
  }
  return entries
}
