/** Host and path of a remote as ssh takes it: `git@github.com:team/project.git`. */
const SSH = /^(?:[^@/\s]*@)?(?<place>\[?[\w.:-]+\]?:(?!\/\/)[^\s]+)$/

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'ssh:', 'git:', 'git+ssh:', 'file:'])

/**
 * The address of a remote without user name, password, query and fragment: any of them may be a secret. `undefined` where
 * it has another form than addresses and paths have.
 */
export function publicUrl(remote: string): string | undefined {
  if (/[\p{Cc}\p{Cf}]/u.test(remote) || remote.includes('::')) return undefined
  if (remote.includes('://')) return withoutUser(remote)
  const place = SSH.exec(remote)?.groups?.['place']
  if (place !== undefined && !/^[A-Za-z]:[\\/]/.test(remote))
    return place.includes('@') ? undefined : withoutQuery(place)
  return remote.includes('@') ? undefined : remote
}

function withoutUser(remote: string): string | undefined {
  if (!URL.canParse(remote)) return undefined
  const { protocol, host, pathname } = new URL(remote)
  return SCHEMES.has(protocol) ? `${protocol}//${host}${pathname}` : undefined
}

function withoutQuery(place: string): string {
  return place.replace(/[?#].*$/s, '')
}
