import { cairnError } from '../errors/cairn-error.ts'

// The superscript digits and the `$` names are reserved, too, and spaces before the dot do not count.
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i
// eslint-disable-next-line no-control-regex -- control characters are among what is refused
const FORBIDDEN = /[\u0000-\u001f<>:"|?*\\]/

/** Refuses a file path inside an artifact that would leave it or would not work on every platform. */
export function assertArtifactPath(path: string): void {
  const problem = pathProblem(path)
  if (problem !== undefined) throw cairnError('CAIRN_ARTIFACT_PATH', { path: path.slice(0, 200), problem })
}

function pathProblem(path: string): string | undefined {
  if (path === '') return 'it is empty'
  if (path.length > 240) return 'it is longer than 240 characters'
  if (!path.isWellFormed()) return 'it is not well-formed Unicode'
  if (path.startsWith('/')) return 'it is absolute'
  if (FORBIDDEN.test(path)) return 'it holds a character that some platforms refuse'
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') return `it has the segment "${segment}"`
    if (DEVICE.test(segment)) return `"${segment}" is a reserved device name on Windows`
    if (segment.endsWith('.') || segment.endsWith(' ')) return `"${segment}" ends in a dot or a space`
  }
  return undefined
}
