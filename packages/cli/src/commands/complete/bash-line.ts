/** A command line that is being typed, as bash takes it apart. */
export interface BashLine {
  /** Without quotes; the last one is being typed. */
  readonly words: readonly string[]
  /** The quote that is open at the end. */
  readonly quote: '"' | "'" | undefined
  /** The part of the last word, without quotes, that bash leaves alone: it replaces what comes after. */
  readonly kept: string
}

const SEPARATOR = /[;|&(<>]/

/**
 * Takes a line apart without expanding anything in it. What stands before another command (`a && cairn run`) is left
 * out.
 *
 * @param breaks `COMP_WORDBREAKS`: where else than at blanks bash replaces only what comes after
 */
export function bashLine(line: string, breaks: string): BashLine {
  let words: string[] = []
  let word: string | undefined
  let quote: BashLine['quote']
  let kept = ''
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? ''
    if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
      kept = ''
    } else if (quote === undefined && SEPARATOR.test(character)) {
      words = []
      word = undefined
      kept = ''
    } else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character
      word ??= ''
      kept = word
    } else if (character === quote) {
      quote = undefined
    } else if (character === '\\' && quote !== "'") {
      at += 1
      word = (word ?? '') + (line[at] ?? '')
    } else {
      word = (word ?? '') + character
      // An @ is a break, but part of what readline replaces.
      if (quote === undefined && breaks.includes(character)) kept = character === '@' ? word.slice(0, -1) : word
    }
  }
  return { words: [...words, word ?? ''], quote, kept }
}

/** A text as it has to stand in a line of bash so that it is only itself. */
export function bashQuoted(text: string, quote: BashLine['quote']): string {
  if (quote === "'") return text.replaceAll("'", String.raw`'\''`)
  // A backslash before ! stays in the text: it has to stand outside of the quotes.
  if (quote === '"') return text.replaceAll(/["$`\\]/g, String.raw`\$&`).replaceAll('!', String.raw`"\!"`)
  // A tilde is a home also behind an equals sign or a colon.
  return text.replaceAll(/[^\w@%+=:,./~^-]|^#|(?<=^|[=:])~/g, String.raw`\$&`)
}
