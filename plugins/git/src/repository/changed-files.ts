import type { Repository } from './open-repository.ts'

/**
 * Files that differ from the commit, or are neither known to git nor ignored, relative to the top of the repository. A
 * folder in which git knows nothing is one. What differs inside of submodules is not looked at.
 *
 * @param paths relative to the folder of the repository, taken literally. @default all of it
 */
export async function changedFiles({ git }: Repository, paths: readonly string[] = []): Promise<readonly string[]> {
  const printed = await git.run(
    'status',
    '--porcelain=v1',
    '-z',
    '--no-renames',
    '--untracked-files=normal',
    '--ignore-submodules=dirty',
    '--',
    ...paths,
  )
  // Two letters and a space stand before each name.
  return printed
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice(3))
}
