import { isAbsolute } from 'node:path'

import { nearestName } from '../names/nearest.ts'
import { UNDECLARED_MODES, type CachingOptions, type Ignored } from './caching-options.ts'
import { parseDuration } from './duration.ts'
import { globProblem } from './glob-problem.ts'
import { expectList, expectThat, isRecord, type OptionCheck } from './option-check.ts'

const IGNORED: readonly (keyof Ignored)[] = ['params', 'inputs', 'env', 'packages']

/** Checks of environment variables' names. */
export const expectVariables: OptionCheck = expectList(
  (name) => /^[^=\s\p{Cc}]+$/u.test(name),
  'a list of names of environment variables, without blanks and "="',
)

/** The checks of all options that decide whether a result is reused. */
export const CACHING_OPTION_CHECKS: { readonly [O in keyof Required<CachingOptions>]: OptionCheck } = {
  cache: expectThat((value) => typeof value === 'boolean', 'true or false'),
  files: filesProblem,
  urls: expectList(isWebUrl, 'a list of http: and https: URLs'),
  env: expectVariables,
  key: expectThat((value) => typeof value === 'function', 'a function'),
  ignore: ignoreProblem,
  expires: expectThat((value) => parseDuration(value) !== undefined, "a duration like '12h', '30d' or '2w'"),
  codeVersion: expectThat((value) => typeof value === 'string' && value !== '', "a text like '3'"),
  undeclared: expectThat((value) => UNDECLARED_MODES.some((mode) => mode === value), UNDECLARED_MODES.join(', ')),
}

const expectInside = expectList(staysInside, 'a list of paths and globs that stay within the project, or are absolute')

function filesProblem(value: unknown): string | undefined {
  const problem = expectInside(value)
  if (problem !== undefined) return problem
  // Sound: what passed the check is a list of texts.
  const broken = (value as readonly string[]).map(globProblem).find((found) => found !== undefined)
  return broken === undefined ? undefined : `paths and globs: ${broken}`
}

function staysInside(pattern: string): boolean {
  if (pattern.trim() === '' || pattern.includes('\0')) return false
  return isAbsolute(pattern) || !pattern.split(/[\\/]/).includes('..')
}

function isWebUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:')
}

function ignoreProblem(value: unknown): string | undefined {
  const expected = "lists of names: { params: ['verbose'], inputs: [], env: ['TZ'], packages: ['chalk'] }"
  if (!isRecord(value)) return expected
  for (const [kind, names] of Object.entries(value)) {
    if (!IGNORED.some((known) => known === kind)) {
      const nearest = nearestName(kind, IGNORED)
      return nearest === undefined ? expected : `${expected}; "${kind}" looks like "${nearest}"`
    }
    const isList = Array.isArray(names) && names.every((name) => typeof name === 'string' && name !== '')
    if (names !== undefined && !isList) return expected
  }
  return undefined
}
