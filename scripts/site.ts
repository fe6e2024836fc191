import { rm } from 'node:fs/promises'
import path from 'node:path'

import { ROOT } from './repository/repository.ts'
import { runCommand } from './repository/run-command.ts'
import { siteProblems } from './site/check-site.ts'

// Builds the documentation site from docs/ into site/dist, and checks what came out.
const folder = path.join(ROOT, 'site')
const site = path.join(folder, 'dist')
await rm(site, { recursive: true, force: true })
const { passed, output } = await runCommand([path.join(folder, 'node_modules/.bin/vitepress'), 'build', folder])
if (passed) {
  const base = process.env['SITE_BASE'] ?? '/'
  const problems = siteProblems({ site, docs: path.join(ROOT, 'docs'), base })
  for (const problem of problems) console.log(problem)
  console.log(problems.length === 0 ? 'The site is in site/dist.' : `${problems.length} problems`)
  if (problems.length > 0) process.exitCode = 1
} else {
  console.log(output)
  process.exitCode = 1
}
