import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { snapshotText } from './api/snapshot-text.ts'
import { changedLines } from './api/changed-lines.ts'
import { publishedPackages, ROOT } from './repository/repository.ts'

const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } })
const folder = join(ROOT, 'etc')

await mkdir(folder, { recursive: true })
for (const each of publishedPackages()) {
  const file = join(folder, `${each.manifest.name.replace('@cairnml/', '')}.api.md`)
  const text = snapshotText(each)
  const known = existsSync(file) ? await readFile(file, 'utf8') : ''
  if (text === known) continue
  if (values.update) await writeFile(file, text)
  else process.exitCode = 1
  const what = values.update ? 'Updated the API snapshot of' : 'The public API differs from its snapshot:'
  console.log(`${what} ${each.manifest.name}\n${changedLines(known, text).join('\n')}`)
}
if (process.exitCode === 1) console.log('If that is meant, run: pnpm api:update')
