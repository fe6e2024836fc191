import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CHAPTERS = [
  'named-outputs',
  'entrypoint',
  'first-pipeline',
  'parameters-of-a-step',
  'parameters-of-a-pipeline',
  'parameters-of-a-run',
  'caching-in-action',
  'caching-of-a-pipeline',
  'caching-of-a-step',
  'run-names',
  'versions',
  'slots',
  'fetching-runs',
]

/** Runs a chapter in a process of its own, on results of its own that are empty at its start; gives its exit code. */
async function runChapter(chapter: string): Promise<number> {
  console.log(`\n== ${chapter}`)
  const example = fileURLToPath(new URL('..', import.meta.url))
  const env = { ...process.env, CAIRN_DIR: join(example, '.cairn', chapter) }
  await rm(env.CAIRN_DIR, { recursive: true, force: true })
  const child = spawn(process.execPath, [join('src', `${chapter}.ts`)], { cwd: example, env, stdio: 'inherit' })
  const [exitCode] = await once(child, 'exit')
  return exitCode === 0 ? 0 : 1
}

const asked = process.argv.slice(2)
const unknown = asked.find((chapter) => !CHAPTERS.includes(chapter))
if (unknown === undefined) {
  for (const chapter of asked.length > 0 ? asked : CHAPTERS)
    process.exitCode = (await runChapter(chapter)) || process.exitCode
} else {
  console.error(`There is no chapter "${unknown}". Chapters: ${CHAPTERS.join(', ')}`)
  process.exitCode = 2
}
