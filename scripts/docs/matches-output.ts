/**
 * Whether a program printed what a document shows. In the expected text `…` stands for anything on its line, and a line
 * of nothing but `…` for any number of lines. Space at the ends of lines and of the whole text does not count.
 */
export function matchesOutput(expected: string, actual: string): boolean {
  const pattern = tidy(expected)
    .split('\n')
    .map((line) => (line === '…' ? '(?:.*\\n)*' : `${line.split('…').map(RegExp.escape).join('.*')}\\n`))
    .join('')
  return new RegExp(`^${pattern}$`).test(`${tidy(actual)}\n`)
}

function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
}
