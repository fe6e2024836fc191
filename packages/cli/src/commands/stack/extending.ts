import nodePath from 'node:path'

import { loadStackFile } from '@cairnml/core/stack-files'

import type { StackSession } from './stack-session.ts'

/** A stack that extends a file. */
export interface ExtendingStack {
  readonly name: string
  /** Absolute and behind links: the file that names the other one, which need not be that of the stack. */
  readonly file: string
}

/** The stacks whose files extend a file, directly or by way of others; one that cannot be read extends nothing. */
export async function extendingStacks(session: StackSession, file: string): Promise<readonly ExtendingStack[]> {
  const real = (await loadStackFile(file, '').catch(() => undefined))?.files[0] ?? nodePath.resolve(file)
  const found = await Promise.all(
    session.entries().map(async (entry) => {
      const files = (await loadStackFile(entry.file, entry.name).catch(() => undefined))?.files ?? []
      const named = files.indexOf(real)
      const naming = named < 1 ? undefined : files[named - 1]
      return naming === undefined ? [] : [{ name: entry.name, file: naming }]
    }),
  )
  return found.flat()
}

/** How a stack file names another one that it extends: `./base.yaml`. */
export function extendsPath(from: string, to: string): string {
  const path = nodePath.relative(nodePath.dirname(from), to).replaceAll('\\', '/')
  return path.startsWith('.') || nodePath.isAbsolute(path) ? path : `./${path}`
}
