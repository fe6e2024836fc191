/** Broken lines of a message in a frame, which may have been broken inside of a name. */
const BREAK = /\n[\s│|]*/g

/**
 * Whether a package manager says that the registry has no package of this very name. What it says of a registry that cannot
 * be reached, or of a package that another one depends on, is something else: another package would be installed for it.
 */
export function isPackageUnknown(name: string, output: string): boolean {
  const text = output.replaceAll(BREAK, ' ')
  const joined = output.replaceAll(BREAK, '')
  const written = escaped(name)
  // The slash of a scope in a URL.
  const inUrl = `/${escaped(name.replace('/', '%2f'))}`
  const signs = [
    // npm
    `'${written}@[^']*' (?:could not be found|is not in (?:this|the npm) registry)`,
    // pnpm
    `${inUrl}: ?(?:HTTP status client ?error \\(404|Not Found - 404)`,
    // Yarn
    `Package not found.*Request URL: ?\\S*${inUrl}(?![\\w.-])`,
    `${inUrl}: no such package|Couldn't find package "${written}"`,
    // Bun
    `${inUrl} - 404`,
  ]
  return signs.some((sign) => [text, joined].some((one) => new RegExp(sign, 'i').test(one)))
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
