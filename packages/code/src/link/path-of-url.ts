import { fileURLToPath } from 'node:url'

/** The path of a file URL as a program has it; `undefined` where it names another machine or is malformed. */
export function pathOfUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url)
  } catch {
    return undefined
  }
}

/** A relative specifier as a path: what is escaped in URLs is no longer; a malformed one is left as it is. */
export function decodedPath(specifier: string): string {
  try {
    return specifier.includes('%') ? decodeURIComponent(specifier) : specifier
  } catch {
    return specifier
  }
}
