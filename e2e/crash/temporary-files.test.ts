import { expect, it } from 'vitest'

import { temporaryProject } from '../project/temporary-project.ts'

/** A step that fills its folder and then ends as the environment says, and one that reads files. */
const MAIN = `import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { file, pipeline, step } from 'cairnml'

const make = step({ name: 'make', output: file('.txt') }).implement((_, { tempDir }) => {
  const made = path.join(tempDir, 'made.txt')
  writeFileSync(made, 'made')
  return made
})
const use = step({ name: 'use', inputs: { made: file('.txt') } }).implement(async (_, { log, signal, tempDir }) => {
  writeFileSync(path.join(tempDir, 'used.txt'), 'used')
  log.info('is busy')
  if (process.env['END'] === 'fail') throw new Error('as asked')
  if (process.env['END'] === 'wait') await setTimeout(20_000, undefined, { signal })
})
const p = pipeline({ name: 'p', build: () => { const made = make(); use({ made }); return made } })
const run = await p.run()
await run.result.load()
`

it.each([
  ['completes', {}, 0],
  ['fails', { END: 'fail' }, 1],
  ['is interrupted', { END: 'wait' }, 130],
])('a run that %s leaves no temporary files', async (_, env, code) => {
  using project = temporaryProject({ 'main.ts': MAIN })
  const { process, ended } = project.start('main.ts', { node: true, env })
  await process.printed('[use] is busy')
  if (code === 130) process.kill('SIGINT')

  const result = await ended

  expect(result.code, result.stderr).toBe(code)
  expect(project.temporaryFiles()).toEqual([])
})
