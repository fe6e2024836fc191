import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Sources are compiled once for all chapters. */
const COMPILED = path.join(tmpdir(), 'cairn-examples-compile-cache')

const EXAMPLE = fileURLToPath(new URL('..', import.meta.url))

interface Outcome {
  /** With `…` in place of dates and durations. */
  readonly printed: string
  readonly hasStored: boolean
}

/** Runs a chapter in a process of its own, without results of an earlier run. */
export async function runChapter(chapter: string): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cairn-guide-'))
  const results = path.join(folder, '.cairn')
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@cairnml/source', path.join('src', `${chapter}.ts`)],
      { cwd: EXAMPLE, env: { ...process.env, CAIRN_DIR: results, NODE_COMPILE_CACHE: COMPILED, NO_COLOR: '1' } },
    )
    const printed = `${stdout}${stderr}`
      .trimEnd()
      .replaceAll(/\d{4}_\d\d_\d\d([_-]\d\d_\d\d_\d\d_\d{6})?/g, '…')
      .replaceAll(/\b\d+\.\d{3}s/g, '…s')
    return { printed, hasStored: existsSync(results) }
  } finally {
    await rm(folder, { recursive: true })
  }
}
