import { readFileSync } from 'node:fs'
import nodePath from 'node:path'

/** What the `package.json` of a folder asks for, by name. */
export function dependenciesOf(folder: string): Readonly<Record<string, string>> {
  try {
    // Sound: npm writes these fields so; anything else names nothing that is installed.
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(nodePath.join(folder, 'package.json'), 'utf8'),
    ) as Readonly<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Readonly<Record<string, string>>>>
    return { ...optionalDependencies, ...devDependencies, ...dependencies }
  } catch {
    return {}
  }
}
