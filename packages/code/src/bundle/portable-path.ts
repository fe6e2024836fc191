import { isAbsolute, relative, sep } from 'node:path'

const PACKAGES = `${sep}node_modules${sep}`

/**
 * A path for use in a bundle: the same in whatever folder the project lies. Files of packages begin with
 * `node_modules`; steps up out of the project are written as `up`.
 */
export function portablePath(projectDir: string, file: string): string {
  const inPackages = file.lastIndexOf(PACKAGES)
  if (inPackages >= 0) return posix(file.slice(inPackages + 1))
  const path = relative(projectDir, file)
  if (isAbsolute(path)) return posix(path.replace(/^\w:/, 'up'))
  return posix(path)
    .split('/')
    .map((part) => (part === '..' ? 'up' : part))
    .join('/')
}

function posix(path: string): string {
  return path.split(sep).join('/')
}
