import { readFile } from 'node:fs/promises'

const OWN = /("(?:cairnml|@cairnml\/[^"]+)": )"\^0\.0\.0"/g

/** The text of a manifest that asks for the packages of this release of Cairn. */
export function pinnedManifest(text: string, version: string): string {
  return text.replaceAll(OWN, `$1"^${version}"`)
}

/** The version of this package, which is that of all packages of Cairn. */
export async function ownVersion(): Promise<string> {
  // Sound: it is the manifest of this package.
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly version: string
  }
  return version
}
