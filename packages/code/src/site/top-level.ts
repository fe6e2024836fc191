import { skipBlank, type LocatedCall } from './locate-call.ts'

/** Whether a text is a whole piece of code: every bracket, string and template in it is closed. */
export type IsWhole = (code: string) => boolean

const WINDOW = 2000
const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`
const VARIABLE = String.raw`(?:export\s+)?(?<kind>const|let|var)\s+${NAME}\s*(?::[^\n=;(){}]*)?=`
const WRAPPING_CALLS = String.raw`(?:${NAME}(?:\.${NAME})*\s*\(\s*)*`
const DECLARATION = new RegExp(
  String.raw`(?<![\w$.])(?:${VARIABLE}|export\s+default(?=\s))\s*(?:await\s+)?${WRAPPING_CALLS}$`,
  'u',
)
const MOST_PARENTHESES = 2000

/**
 * Whether a call is the start of the value of a declaration at the top level of its file:
 * `export const x = step(`, `const x = logged(step(`, `export default step(`. Such a call runs once for each evaluation
 * of the module, outside of any function, block or loop, so it captures nothing but what is in the file.
 *
 * The text decides because the stack cannot: after a top-level `await`, of this module or of one that it imports, the
 * frame of a module looks like that of an anonymous callback.
 */
export function isTopLevelDeclaration(text: string, call: LocatedCall, isWhole: IsWhole): boolean {
  const from = Math.max(0, call.start - WINDOW)
  const declaration = DECLARATION.exec(text.slice(from, call.start))
  if (declaration === null) return false
  const before = text.slice(0, from + declaration.index)
  const sameLine = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1)
  if (/\/[/*]/.test(sameLine)) return false
  if (declaration.groups?.['kind'] === 'var' && !endsStatement(before)) return false
  return isWhole(before)
}

/**
 * Whether the value of the call is at once given its function, `step({ ... }).implement(`. A declaration that is kept
 * can be implemented anywhere, also inside a function that captures values.
 */
export function isImplementedInPlace(text: string, call: LocatedCall, isWhole: IsWhole): boolean {
  let close = call.open
  for (let tries = 0; tries < MOST_PARENTHESES; tries += 1) {
    close = text.indexOf(')', close + 1)
    if (close === -1) return false
    // The first closing parenthesis at which everything is closed is the one that belongs to the call.
    if (!isWhole(text.slice(call.open, close + 1))) continue
    const dot = skipBlank(text, close + 1)
    if (text[dot] !== '.') return false
    return /^implement\s*[<(]/.test(text.slice(skipBlank(text, dot + 1), dot + WINDOW))
  }
  return false
}

/** `var` may be the body of a loop without braces, so the statement before it must have ended visibly. */
function endsStatement(before: string): boolean {
  const line =
    before
      .trimEnd()
      .split(/[\n\r]/)
      .at(-1) ?? ''
  return line === '' || (/[;}]$/.test(line) && !/\/[/*]/.test(line))
}
