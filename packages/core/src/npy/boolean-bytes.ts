/** Index of the first byte that is neither 0 nor 1, -1 when there is none. */
export function firstNonBoolean(bytes: Uint8Array): number {
  // Several times faster than findIndex with a callback.
  for (let index = 0; index < bytes.length; index++) {
    if ((bytes[index] ?? 0) > 1) return index
  }
  return -1
}
