import path from 'node:path'

import type { Repository } from './open-repository.ts'

/** The mode of an entry that is a commit of another repository. */
const COMMIT = '160000 '

/**
 * Absolute folders in the commit that are repositories of their own, also those that no `.gitmodules` names: what differs
 * inside of them is seen by nobody. None where there is no commit or no working folder.
 */
export async function submodulesOf({ git, isBare, top }: Repository): Promise<readonly string[]> {
  if (isBare) return []
  const printed = await git.run('ls-tree', '-r', '-d', '-z', '--full-tree', 'HEAD').catch((error: unknown) => {
    if (/valid object name HEAD/i.test(String(error))) return ''
    throw error
  })
  return printed
    .split('\0')
    .filter((entry) => entry.startsWith(COMMIT))
    .map((entry) => path.resolve(top, entry.slice(entry.indexOf('\t') + 1)))
}
