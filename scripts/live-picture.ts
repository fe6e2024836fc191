import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createSnippetProject } from './docs/snippet-project.ts'
import { DIGITS_PIPELINE } from './pictures/digits-pipeline-data.ts'
import { pictureText } from './pictures/picture-text.ts'
import { terminalScreen } from './pictures/terminal-screen.ts'
import { terminalSvg } from './pictures/terminal-svg.ts'
import { ROOT } from './repository/repository.ts'

/**
 * Draws the picture of the README from a real run on a pseudo-terminal; `--check` only compares what it would show, but
 * for times and names. Needs a build.
 */
const PICTURE = join(ROOT, 'docs/pictures/live-view.svg')
const SIZE = { columns: 88, rows: 24 }

const project = await mkdtemp(join(tmpdir(), 'cairn-picture-'))
try {
  await createSnippetProject(project)
  await writeFile(join(project, 'pipeline.ts'), DIGITS_PIPELINE)
  const isReady = (rows: readonly string[]): boolean =>
    rows.filter((row) => / \d+% +[1-9]\d*\.\ds {2}/.test(row)).length === 3
  const request = { command: [process.execPath, 'pipeline.ts'], cwd: project, ...SIZE, isReady }
  // The first run makes what the second one reuses.
  await terminalScreen(request)
  const picture = terminalSvg(await terminalScreen(request), SIZE)
  if (!process.argv.includes('--check')) await writeFile(PICTURE, picture)
  else if (pictureText(await readFile(PICTURE, 'utf8')) !== pictureText(picture)) {
    console.log(`docs/pictures/live-view.svg shows something else than a run does. Run: node scripts/live-picture.ts`)
    process.exitCode = 1
  }
} finally {
  await rm(project, { recursive: true })
}
