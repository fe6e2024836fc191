import { createRequire } from 'node:module'
import nodePath from 'node:path'

import { NODE_CONDITIONS, processConditions } from './conditions.ts'
import type { InstalledPackage } from './installed-package.ts'

/**
 * The file that `import` of a package by its bare name gives.
 *
 * @returns `undefined` if the package exports nothing by that name, or nothing under the conditions of this process
 * @see https://nodejs.org/api/esm.html#resolution-algorithm-specification
 */
export function packageEntry({ folder, manifest }: InstalledPackage): string | undefined {
  const { exports } = manifest
  if (exports === undefined || exports === null) return mainFile(folder)
  const main = isConditions(exports) && '.' in exports ? exports['.'] : exports
  const target = pick(main)
  return target?.startsWith('./') === true ? nodePath.join(folder, target) : undefined
}

/** The first condition that holds, in the order in which the package lists them; with `null` it keeps the name to itself. */
function pick(target: unknown): string | null | undefined {
  if (typeof target === 'string' || target === null) return target
  if (Array.isArray(target)) return firstOf(target.filter((one) => one !== null))
  if (!isConditions(target)) return undefined
  return firstOf(Object.keys(target).flatMap((name) => (holds(name) ? [target[name]] : [])))
}

function firstOf(targets: readonly unknown[]): string | null | undefined {
  for (const target of targets) {
    const found = pick(target)
    if (found !== undefined) return found
  }
  return undefined
}

/** The flags of the process are read for conditions that Node does not know itself. */
function holds(condition: string): boolean {
  return NODE_CONDITIONS.includes(condition) || (condition !== 'types' && processConditions().includes(condition))
}

function isConditions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mainFile(folder: string): string | undefined {
  try {
    return createRequire(nodePath.join(folder, 'package.json')).resolve(folder)
  } catch {
    return undefined
  }
}
