/** The last of all characters, which is a pair of code units. */
const LAST = 0x10_ff_ff
/** The characters on both sides of those that are no characters, but halves of pairs. */
const BEFORE_HALVES = 0xd7_ff
const AFTER_HALVES = 0xe0_00

/**
 * The first text behind all that start with a prefix, in the order of characters that SQLite has. `undefined` where no
 * text is behind them: the prefix is empty or holds nothing but the last of all characters.
 */
export function prefixEnd(prefix: string): string | undefined {
  // As it is stored.
  const text = prefix.toWellFormed()
  let end = text.length
  while (text.codePointAt(end - 2) === LAST) end -= 2
  if (end === 0) return undefined
  const isPair = (text.codePointAt(end - 2) ?? 0) > 0xff_ff
  const start = end - (isPair ? 2 : 1)
  const last = text.codePointAt(start) ?? 0
  return text.slice(0, start) + String.fromCodePoint(last === BEFORE_HALVES ? AFTER_HALVES : last + 1)
}
