import { accessSync, constants, realpathSync, statSync } from 'node:fs'

import { writeWhole } from '@cairnml/core/files'

/**
 * Replaces the text of a stack file that is there: behind a link that of the file to which the link leads, with the
 * permissions that it has. What its owner closed to writing is not replaced.
 */
export async function writeStackText(file: string, text: string): Promise<void> {
  const target = realpathSync(file)
  accessSync(target, constants.W_OK)
  await writeWhole(target, text, { mode: statSync(target).mode & 0o777 })
}
