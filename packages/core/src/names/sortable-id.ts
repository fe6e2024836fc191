import { randomBytes } from 'node:crypto'

const TIME_DIGITS = 12
let last = 0n

/**
 * A fresh id of 32 hex digits that sorts by the time it was made: 48 bits of milliseconds and 80 random bits; within
 * one process later ids of the same millisecond sort later. The layout is that of a ULID (github.com/ulid/spec).
 */
export function sortableId(nowMs: number = Date.now()): string {
  const random = BigInt(`0x${randomBytes(10).toString('hex')}`)
  let id = (BigInt(nowMs) << 80n) | random
  if (id <= last) id = last + 1n
  last = id
  return id.toString(16).padStart(TIME_DIGITS + 20, '0')
}
