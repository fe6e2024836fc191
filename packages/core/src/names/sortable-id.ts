import { randomUUID } from 'node:crypto'

const TIME_DIGITS = 12
let last = 0n

/**
 * A fresh id of 32 hex digits that sorts by the time it was made: 48 bits of milliseconds and 80 random bits; within
 * one process later ids of the same millisecond sort later. The layout is that of a ULID (github.com/ulid/spec).
 */
export function sortableId(nowMs: number = Date.now()): string {
  // Node has the randomness of UUIDs in stock. Those between these digits say which kind of UUID it is.
  const uuid = randomUUID()
  const random = BigInt(`0x${uuid.slice(0, 8)}${uuid.slice(-12)}`)
  let id = (BigInt(nowMs) << 80n) | random
  if (id <= last) id = last + 1n
  last = id
  return id.toString(16).padStart(TIME_DIGITS + 20, '0')
}
