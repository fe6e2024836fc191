import { cp, rm } from 'node:fs/promises'
import path from 'node:path'

import { ROOT } from './repository/repository.ts'

// Of the package in whose folder it runs: `cairn help <code>` prints them.
const target = path.resolve('dist/error-pages')
const isPage = (file: string): boolean => !path.extname(file) || /^CAIRN_\w+\.md$/.test(path.basename(file))

await rm(target, { recursive: true, force: true })
await cp(path.join(ROOT, 'docs/errors'), target, { recursive: true, filter: isPage })
