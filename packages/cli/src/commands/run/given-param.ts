import { cairnError } from '@cairnml/core'

/** A parameter that was given as text. */
export interface GivenParam {
  /** Names of properties, from the parameters down. */
  readonly path: readonly string[]
  readonly text: string
  /** What the text is as JSON; the text where it is none, or is to be text. */
  readonly json: unknown
}

/**
 * Reads `NAME=VALUE`; dots in the name reach into objects.
 *
 * @param as how the value is read
 * @throws CAIRN_PARAMETER_SYNTAX
 */
export function parseParam(given: string, as: 'json' | 'text' = 'json'): GivenParam {
  const at = given.indexOf('=')
  if (at <= 0) throw cairnError('CAIRN_PARAMETER_SYNTAX', { given })
  return givenParam(given.slice(0, at).split('.'), { text: given.slice(at + 1), as, given })
}

/** @throws CAIRN_PARAMETER_SYNTAX for a path that cannot be one */
export function givenParam(
  path: readonly string[],
  {
    text,
    as = 'json',
    given = path.join('.'),
  }: { readonly text: string; readonly as?: 'json' | 'text'; readonly given?: string },
): GivenParam {
  if (path.length === 0 || path.some((part) => part === '' || part === '__proto__')) {
    throw cairnError('CAIRN_PARAMETER_SYNTAX', { given })
  }
  return { path, text, json: as === 'text' ? text : jsonOr(text) }
}

/** What a text is as JSON; the text where it is none. */
export function jsonOr(text: string): unknown {
  try {
    const json = JSON.parse(text) as unknown
    // A whole number that JSON would round stays text: a schema of bigints or strings reads all of its digits.
    return /^-?\d+$/.test(text) && !Number.isSafeInteger(json) ? text : json
  } catch {
    return text
  }
}
