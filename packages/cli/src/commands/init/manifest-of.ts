import { readFileSync } from 'node:fs'
import nodePath from 'node:path'

/** The `package.json` of a folder; one that cannot be read says nothing. */
export function manifestOf(folder: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const manifest = JSON.parse(readFileSync(nodePath.join(folder, 'package.json'), 'utf8')) as unknown
    // Sound: an object that is not null has properties.
    return typeof manifest === 'object' && manifest !== null ? (manifest as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
