import { matrix, ndArray, typedArray } from './arrays.ts'
import { directory, file } from './files.ts'
import { image, jpeg } from './images.ts'
import { json } from './json.ts'
import type { AnyMaterializer } from './materializer.ts'
import { portTypeName } from './port.ts'
import { reference } from './reference.ts'
import { bytes, text } from './text-and-bytes.ts'

const BUILT_IN: readonly (() => AnyMaterializer)[] = [
  () => json(),
  () => text,
  () => bytes,
  () => matrix,
  () => ndArray,
  () => directory,
  () => image,
  () => jpeg,
  () => reference,
  () => typedArray(Float64Array),
  () => typedArray(Float32Array),
  () => typedArray(Float16Array),
  () => typedArray(Int8Array),
  () => typedArray(Int16Array),
  () => typedArray(Int32Array),
  () => typedArray(BigInt64Array),
  () => typedArray(Uint8Array),
  () => typedArray(Uint16Array),
  () => typedArray(Uint32Array),
  () => typedArray(BigUint64Array),
]

const FILE = /^file((?:\.[A-Za-z0-9]{1,16}){0,3})@1$/

/** The type of Cairn's own that stores values under a name and version, such as `matrix@1`, if there is one. */
export function builtInType(name: string): AnyMaterializer | undefined {
  const extension = FILE.exec(name)?.[1]
  if (extension !== undefined) return file(extension)
  for (const type of BUILT_IN) if (portTypeName(type()) === name) return type()
  return undefined
}
