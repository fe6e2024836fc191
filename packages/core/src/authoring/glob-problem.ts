const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')' }
const NAMES = { '[': 'a character class', '{': 'a list of alternatives', '(': 'a group' } as const

/**
 * What is wrong with a glob, as a clause: `"[" is not closed in "data/[.csv"`. Matchers take such a bracket for a
 * character of the name, which is hardly ever meant and then matches nothing.
 */
export function globProblem(pattern: string): string | undefined {
  const open: ('{' | '(')[] = []
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '\\') at++
    else if (character === '[') {
      const end = endOfClass(pattern, at)
      if (end === -1) return notClosed('[', pattern)
      at = end
    } else if (character === '{') open.push('{')
    else if (character === '(' && /[!?*+@]/.test(pattern[at - 1] ?? '')) open.push('(')
    else if (open.length > 0 && character === CLOSING[open.at(-1) ?? '']) open.pop()
  }
  const [first] = open
  return first === undefined ? undefined : notClosed(first, pattern)
}

/** Where `[...]` ends: a bracket right at its beginning belongs to it, a slash ends the segment before. */
function endOfClass(pattern: string, start: number): number {
  let at = start + 1
  if (pattern[at] === '!' || pattern[at] === '^') at++
  if (pattern[at] === ']') at++
  for (; at < pattern.length && pattern[at] !== '/'; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']') return at
  }
  return -1
}

function notClosed(bracket: keyof typeof NAMES, pattern: string): string {
  return `"${bracket}" begins ${NAMES[bracket]} and is not closed in "${pattern}"; write [${bracket}] for the character`
}
