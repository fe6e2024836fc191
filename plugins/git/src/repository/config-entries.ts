/** One setting as git has it. */
export interface ConfigEntry {
  /** Where it is set: `system`, `global`, `local`, `worktree`, `command`. */
  readonly scope: string
  readonly key: string
  readonly value: string
}

/** Reads what `git config --null --show-scope --get-regexp` prints. */
export function configEntries(printed: string): readonly ConfigEntry[] {
  const fields = printed.split('\0')
  const entries: ConfigEntry[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const text = fields[at + 1] ?? ''
    const end = text.indexOf('\n')
    const [key, value] = end === -1 ? [text, 'true'] : [text.slice(0, end), text.slice(end + 1)]
    entries.push({ scope: fields[at] ?? '', key, value })
  }
  return entries
}

const FILTER = /^filter\.(?<name>.*)\.(?:clean|smudge|process|required)$/s

/**
 * Settings by which the filters that a repository itself sets do not run: those of the user take their place, else none.
 *
 * @throws Error for a name that cannot be written on a command line
 */
export function withoutOwnFilters(entries: readonly ConfigEntry[]): readonly string[] {
  const isOwn = ({ scope }: ConfigEntry): boolean => scope === 'local' || scope === 'worktree'
  const names = new Set(entries.filter(isOwn).flatMap(({ key }) => FILTER.exec(key)?.groups?.['name'] ?? []))
  const ofUser = (key: string): string =>
    entries.findLast((entry) => entry.key === key && (entry.scope === 'system' || entry.scope === 'global'))?.value ??
    ''
  return [...names].flatMap((name) => {
    if (/[=\p{Cc}]/u.test(name)) throw new Error('the repository has a filter whose name cannot be switched off')
    const programs = ['clean', 'process'].map((program) => `filter.${name}.${program}`)
    return [...programs.map((key) => `${key}=${ofUser(key)}`), `filter.${name}.required=false`]
  })
}
