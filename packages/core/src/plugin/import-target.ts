import { readFileSync } from 'node:fs'
// By name it would be missing under an older Node before that can be said.
import nodeModule from 'node:module'
import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'

const CONDITIONS: readonly string[] = ['node', 'import', 'module-sync', 'default']

/**
 * The file that `import` of a package gives, for packages that export nothing to `require`, or `undefined` if there is
 * none.
 *
 * @param parent an absolute path of a file in the folder from where it is looked for
 */
export function importTarget(packageName: string, parent: string): string | undefined {
  const manifest = nodeModule.findPackageJSON(packageName, pathToFileURL(parent))
  if (manifest === undefined) return undefined
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly exports?: unknown }
  const main = isConditions(exports) && '.' in exports ? exports['.'] : exports
  const target = pick(main)
  return target === undefined ? undefined : nodePath.join(nodePath.dirname(manifest), target)
}

/** The first condition that holds, in the order in which the package lists them, as Node does it. */
function pick(target: unknown): string | undefined {
  if (typeof target === 'string') return target
  if (!isConditions(target)) return undefined
  for (const [condition, inner] of Object.entries(target)) {
    const found = CONDITIONS.includes(condition) ? pick(inner) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function isConditions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
