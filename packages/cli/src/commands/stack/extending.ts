import nodePath from 'node:path'

import { loadStackFile } from '@cairnml/core/stack-files'

import type { StackSession } from './stack-session.ts'

/** The stacks whose files extend a file directly; one that cannot be read extends nothing. */
export async function extendingStacks(
  session: StackSession,
  file: string,
): Promise<readonly { readonly name: string; readonly file: string }[]> {
  const real = (await loadStackFile(file, '').catch(() => undefined))?.files[0] ?? nodePath.resolve(file)
  const found = await Promise.all(
    session.entries().map(async (entry) => {
      const files = (await loadStackFile(entry.file, entry.name).catch(() => undefined))?.files ?? []
      return files[1] === real ? [entry] : []
    }),
  )
  return found.flat()
}
