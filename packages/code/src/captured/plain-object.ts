import { types } from 'node:util'

const HAS_INNER_STATE: readonly ((value: unknown) => boolean)[] = [
  types.isArgumentsObject,
  types.isBoxedPrimitive,
  types.isDate,
  types.isExternal,
  types.isGeneratorObject,
  types.isMap,
  types.isMapIterator,
  types.isNativeError,
  types.isPromise,
  types.isRegExp,
  types.isSet,
  types.isSetIterator,
  types.isSharedArrayBuffer,
  types.isWeakMap,
  types.isWeakSet,
]

/** Whether an object is nothing but its members: made by a literal, by `JSON.parse` or by `Object.create(null)`. */
export function isPlainObject(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value)
  if (proto !== null && proto !== Object.prototype) return false
  return !Array.isArray(value) && !ArrayBuffer.isView(value) && !HAS_INNER_STATE.some((has) => has(value))
}
