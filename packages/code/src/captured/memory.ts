import { isDeepStrictEqual, types } from 'node:util'

type ViewConstructor = new (memory: ArrayBuffer, from: number, length: number) => ArrayBufferView

const CLASSES: readonly unknown[] = [
  Uint8Array,
  Uint8ClampedArray,
  Uint16Array,
  Uint32Array,
  Int8Array,
  Int16Array,
  Int32Array,
  BigInt64Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
  // Not in every library of types.
  Reflect.get(globalThis, 'Float16Array'),
]

/** Whether a view is nothing but its bytes: of a known class, in memory of fixed size, without members of its own. */
export function isPlainView(view: ArrayBufferView): boolean {
  const { buffer, byteOffset } = view
  if (!types.isArrayBuffer(buffer) || !isWholeBuffer(buffer)) return false
  const proto: unknown = Object.getPrototypeOf(view)
  if (proto === DataView.prototype) return Object.getOwnPropertyNames(view).length === 0
  const length: unknown = Reflect.get(view, 'length')
  if (typeof length !== 'number') return false
  // Listing the members of a view would list its elements; the comparison looks at the other members only.
  if (proto === Buffer.prototype) return isDeepStrictEqual(view, Buffer.from(buffer, byteOffset, length))
  const known = CLASSES.find((candidate) => typeof candidate === 'function' && candidate.prototype === proto)
  if (known === undefined) return false
  // Sound: all of these are classes of views, by the table above.
  const View = known as ViewConstructor
  return isDeepStrictEqual(view, new View(buffer, byteOffset, length))
}

/** Whether memory has a fixed size and is still there. */
export function isWholeBuffer(memory: ArrayBuffer): boolean {
  return Object.getPrototypeOf(memory) === ArrayBuffer.prototype && !memory.resizable && !memory.detached
}
