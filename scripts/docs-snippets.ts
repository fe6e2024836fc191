import { globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runDocument } from './docs/run-document.ts'
import { ROOT } from './repository/repository.ts'

const DOCUMENTS = ['*.md', 'docs/*.md', 'packages/*/README.md', 'plugins/*/README.md', 'examples/*/README.md']

const asked = process.argv.slice(2)
const documents = asked.length > 0 ? asked : globSync(DOCUMENTS, { cwd: ROOT }).toSorted()
const folder = await mkdtemp(join(tmpdir(), 'cairn-docs-'))
const total = { ran: 0, checked: 0, problems: 0 }

try {
  for (const [at, document] of documents.entries()) {
    const { ran, checked, problems } = await runDocument({ document, project: join(folder, String(at)) })
    total.ran += ran
    total.checked += checked
    total.problems += problems.length
    for (const problem of problems) console.log(`${problem}\n`)
  }
} finally {
  await rm(folder, { recursive: true })
}

const counts = `${total.checked} files type-checked, ${total.ran} scripts run`
console.log(`${documents.length} documents, ${counts}, ${total.problems} problems`)
if (total.problems > 0) process.exitCode = 1
