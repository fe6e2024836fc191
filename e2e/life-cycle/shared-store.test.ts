import { existsSync, globSync, symlinkSync, utimesSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { expect, it } from 'vitest'

import { temporaryProject } from '../project/temporary-project.ts'

const PIPELINE = `import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { materializer, pipeline, step, text } from 'cairnml'
import { ran } from 'execution-log'

const slow = materializer<string>({
  name: 'slow',
  version: 1,
  async write(value, files) {
    writeFileSync('writing', '')
    while (!existsSync('gate')) await sleep(5)
    await files.write('value.txt', value)
  },
  read: (files) => files.text(),
})

const load = step({ name: 'load', outputs: { first: text, second: slow }, undeclared: 'off' }).implement(() => {
  ran('load')
  return { first: 'stone', second: 'sand' }
})

await pipeline({ name: 'loading', build: () => load() }).run()
`

it('a removal by another project on the same store leaves what a run has just referred to', async () => {
  using project = temporaryProject({ 'main.ts': PIPELINE, gate: '', 'other/package.json': '{}' })
  await project.run('main.ts')
  const blobs = globSync('.cairn/artifacts/blobs/sha256/*/*', { cwd: project.dir })
  expect(blobs).toHaveLength(2)
  const anHourAgo = Date.now() / 1000 - 3600
  for (const blob of blobs) utimesSync(project.path(blob), anHourAgo, anHourAgo)
  project.write({ 'other/.cairn/note': '' })
  symlinkSync(project.path('.cairn/artifacts'), project.path('other/.cairn/artifacts'))
  for (const file of ['gate', 'writing']) project.remove(file)
  project.edit('main.ts', "ran('load')", "ran('load')\n  ran('again')")

  const running = project.start('main.ts')
  while (!existsSync(project.path('writing'))) await sleep(5)
  const removed = await project.cairn(['cache', 'rm', 'load', '--yes', '--json'], { cwd: 'other' })
  project.write({ gate: '' })

  expect(removed).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(removed.stdout)).toMatchObject({ removed: { entries: 1, swept: { objects: 1 } } })
  expect(await running.ended).toMatchObject({ code: 0, steps: ['again', 'load'] })
  expect(await project.run('main.ts')).toMatchObject({ code: 0, stderr: '', steps: [] })
})
