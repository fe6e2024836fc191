const MOST_TEXT = 300

/** Why git gave no answer, as one clause that may be recorded. */
export function failureText(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return signal.reason instanceof Error ? signal.reason.message : String(signal.reason)
  const text = error instanceof Error ? error.message : String(error)
  if (/\bspawn\b.*\bENOENT\b/.test(text)) return 'git is not installed'
  if (/not a git repository/.test(text)) return 'the project is in no git repository'
  const [, top] = /dubious ownership in repository at '([^'\n]+)'/.exec(text) ?? []
  if (top !== undefined) {
    return `git refuses a repository of another user; if you trust it: git config --global --add safe.directory ${top}`
  }
  return firstLine(text)
}

/** What git says, without anything that an address may hold of a password. */
function firstLine(text: string): string {
  const line = text.split('\n').find((each) => /^(?:fatal|error): /.test(each)) ?? text.split('\n', 1)[0] ?? ''
  return line
    .replace(/^(?:fatal|error): /, '')
    .replaceAll(/\/\/[^/\s]*@/g, '//')
    .slice(0, MOST_TEXT)
}
