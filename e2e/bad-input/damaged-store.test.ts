import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { greetingProject } from '../command/greeting-project.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'

/** Puts a folder in the place of every blob. */
function replaceBlobs(project: TemporaryProject): readonly string[] {
  const blobs = project.path('.cairn/artifacts/blobs')
  const files = readdirSync(blobs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => {
    const place = path.join(parentPath, name)
    rmSync(place)
    mkdirSync(place)
    return place
  })
}

describe('a folder in the place of stored content', () => {
  it('counts as content that is gone: it is said when it is read, and the steps run again', async () => {
    using project = greetingProject()
    await project.run('pipeline.ts')
    const places = replaceBlobs(project)
    const read = await project.cairn(['artifact', 'cat', 'count'])
    expect(read).toMatchObject({ code: 1, stdout: '' })
    expect(read.stderr).toContain('CAIRN_ARTIFACT_MISSING: ')
    expect(
      places.some((place) => read.stderr.includes(`${place}, where it belongs, is a folder; move that away`)),
    ).toBe(true)
    expect(await project.run('pipeline.ts')).toMatchObject({ code: 0, steps: ['count', 'letters'] })
    expect(await project.run('pipeline.ts')).toMatchObject({ code: 0, steps: [] })
    expect((await project.cairn(['artifact', 'cat', 'count'])).stdout).toContain('cairn.')
  })

  it('is left alone where it holds something, and the error names it', async () => {
    using project = greetingProject()
    await project.run('pipeline.ts')
    for (const place of replaceBlobs(project)) writeFileSync(path.join(place, 'mine'), '')
    const failed = await project.run('pipeline.ts')
    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/if what lies in .*blobs.* is none of Cairn's, move it away/)
  })
})
