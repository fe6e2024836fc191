/** Shorter values are words and numbers that stand for many other things, too. */
const SHORT = 4
/** A line of a longer secret that is worth hiding on its own. */
const SHORT_LINE = 8
/** Longer forms are found where they are whole; their lines are hidden on their own. */
const MOST_BROKEN = 2000
const LINE_BREAK = String.raw`(?:\\?\r?\n[ \t]*)?`

/** What stands in the place of a secret. */
export const SECRET_MASK = '***'

/** What finds secrets in texts. */
export interface SecretForms {
  /** Matches every form of every secret; global. */
  readonly pattern: RegExp
  /** Characters of the longest form. */
  readonly longest: number
}

/**
 * The forms in which secrets are printed: their values, their lines, both as they are written in JSON and in URLs, and
 * values that are broken over lines. A value of fewer than four characters is found where it stands alone, not inside of
 * words. What is made of a secret (its base64 form, its reverse) is not recognised.
 *
 * @returns `undefined` if there is nothing to find
 */
export function secretForms(values: Iterable<string>): SecretForms | undefined {
  const forms = [...new Set(Array.from(values, formsOf).flat())]
  if (forms.length === 0) return undefined
  // The longest first: one secret may be the beginning of another.
  const sources = forms.toSorted((a, b) => b.length - a.length).map(sourceOf)
  return { pattern: new RegExp(sources.join('|'), 'gu'), longest: Math.max(...forms.map((form) => form.length)) }
}

/** A value and what else of it may be printed. */
function formsOf(value: string): readonly string[] {
  const lines = value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORT_LINE)
  return [value, value.trim(), ...lines]
    .filter((form) => form !== '')
    .flatMap((form) => [form, JSON.stringify(form).slice(1, -1), encodeURIComponent(form.toWellFormed())])
}

/** The expression that finds a form. */
function sourceOf(form: string): string {
  const characters = Array.from(form, escaped)
  if (form.length < SHORT) return `(?<![\\p{L}\\p{N}_])${characters.join('')}(?![\\p{L}\\p{N}_])`
  return characters.join(form.length > MOST_BROKEN ? '' : LINE_BREAK)
}

function escaped(character: string): string {
  return /^[\p{L}\p{N}_ ]$/u.test(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
