import { readFileSync } from 'node:fs'
import path from 'node:path'

import { REPOSITORY } from '../project/installed-packages.ts'
import type { ProjectFiles } from '../project/temporary-project.ts'

const GUIDE = path.join(REPOSITORY, 'docs/write-a-component.md')

/**
 * Files as the guide to components shows them, for whoever copies them.
 *
 * @throws Error if it does not show one of them
 */
export function guideFiles(...names: readonly string[]): ProjectFiles {
  const guide = readFileSync(GUIDE, 'utf8')
  const files = names.map((name) => {
    const [, code] = guide.split(`\n\`\`\`ts ${name}\n`)
    if (code === undefined) throw new Error(`The guide shows no ${name}.`)
    return [name, code.slice(0, code.indexOf('```'))] as const
  })
  return Object.fromEntries(files)
}
