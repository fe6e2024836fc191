import type { ConfigEntry } from '../repository/config-entries.ts'

/** The address of a branch's remote, else that of `origin`, else that of the only one there is. */
export function remoteOf(config: readonly ConfigEntry[], branch: string | undefined): string | undefined {
  const urls = new Map<string, string>()
  for (const { key, value } of config) {
    const [, name] = /^remote\.(.*)\.url$/s.exec(key) ?? []
    if (name !== undefined && !urls.has(name)) urls.set(name, value)
  }
  const named = config.findLast(({ key }) => key === `branch.${branch}.remote`)?.value
  const [only, another] = urls.values()
  return urls.get(named ?? 'origin') ?? urls.get('origin') ?? (another === undefined ? only : undefined)
}
