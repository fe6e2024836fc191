import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

import { splitOptions } from '@cairnml/core/packages'
import { isInNodeModules } from '../packages/manifest.ts'
import { isPnpRuntime } from '../pnp/pnp-files.ts'

const PRELOADS = new Set(['--import', '--require', '-r'])

/** What the entries of a process are told from. */
export interface ProcessStart {
  /** Absolute path of the script. */
  readonly script: string | undefined
  readonly flags: readonly string[]
}

/**
 * The modules of a project that a process loads before anything else: preloaded ones by path, then its script. Programs
 * that are installed, such as test runners, are none, and neither is what Yarn's Plug'n'Play preloads: what it resolves
 * counts.
 */
export function processEntries(start: ProcessStart): readonly string[] {
  const preloads = start.flags.flatMap((flag, index) => {
    const [name = '', value] = flag.split('=', 2)
    return PRELOADS.has(name) ? (value ?? start.flags[index + 1] ?? []) : []
  })
  const paths = [...preloads.filter(isPath), ...(start.script === undefined ? [] : [start.script])]
  return paths.flatMap((path) => {
    const file = realFile(path)
    return file === undefined || isInNodeModules(file) || isPnpRuntime(file) ? [] : [file]
  })
}

/**
 * How this process was started.
 *
 * @param script stands in for its script
 */
export function thisProcess(script: string | undefined): ProcessStart {
  const flags = [...splitOptions(process.env['NODE_OPTIONS'] ?? ''), ...process.execArgv]
  return { script: script ?? (isMainThread ? process.argv[1] : undefined), flags }
}

function isPath(specifier: string): boolean {
  return /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/]|file:)/.test(specifier)
}

function realFile(path: string): string | undefined {
  try {
    return realpathSync(path.startsWith('file:') ? fileURLToPath(path) : resolve(path))
  } catch {
    return undefined
  }
}
