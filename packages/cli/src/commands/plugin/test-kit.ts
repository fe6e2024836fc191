import { createRequire } from 'node:module'
import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'

import { cairnError } from '@cairnml/core'
import { addCommand, packageManagerOf } from '@cairnml/core/package-manager'
import type * as Testing from '@cairnml/testing'

/** What `@cairnml/testing` exports. */
export type TestKit = typeof Testing

/**
 * Loads the conformance suites, which are the user's to install, from the first folder that has them.
 *
 * @throws CAIRN_TEST_KIT_MISSING
 */
export async function loadTestKit(folders: readonly string[]): Promise<TestKit> {
  const [from = process.cwd()] = folders
  for (const folder of folders) {
    const file = resolved(folder)
    // Sound: it is that package; one of another release lacks a suite at most, which shows when it is called.
    if (file !== undefined) return (await import(pathToFileURL(file).href)) as TestKit
  }
  const install = addCommand(await packageManagerOf(from), ['@cairnml/testing'], { dev: true }).join(' ')
  throw cairnError('CAIRN_TEST_KIT_MISSING', { from, install })
}

function resolved(folder: string): string | undefined {
  try {
    return createRequire(nodePath.join(folder, 'package.json')).resolve('@cairnml/testing')
  } catch {
    return undefined
  }
}
