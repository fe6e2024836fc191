import { readFileSync } from 'node:fs'
import nodePath from 'node:path'

/** The names that the `package.json` of a folder asks for, of whatever kind; none where it cannot be read. */
export function declaredPackages(folder: string): readonly string[] {
  try {
    // Sound: npm writes these fields so; anything else has no names that count.
    const manifest = JSON.parse(readFileSync(nodePath.join(folder, 'package.json'), 'utf8')) as Readonly<
      Record<'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies', object | undefined>
    >
    const { dependencies: own, devDependencies, optionalDependencies, peerDependencies } = manifest
    return Object.keys({ ...own, ...devDependencies, ...optionalDependencies, ...peerDependencies })
  } catch {
    return []
  }
}
