import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { INSTALL_MS } from '../packed/packed-project.ts'
import { ALL, DEPENDENCIES, PIPELINE_FILES } from './pipeline-files.ts'
import { YarnProject } from './yarn-project.ts'

describe('a project into which Yarn installs as npm does', () => {
  let project: YarnProject

  beforeAll(async () => {
    project = await YarnProject.create('node-modules', DEPENDENCIES)
    project.write(PIPELINE_FILES)
  }, INSTALL_MS)

  afterAll(() => project[Symbol.dispose]())

  it('runs every step once, and those again of which a package changes', async () => {
    expect(await project.executed('pipeline.ts')).toEqual(ALL)
    expect(await project.executed('pipeline.ts')).toEqual([])

    project.edit('package.json', '"is-number": "6.0.0"', '"is-odd": "3.0.1",\n    "is-number": "7.0.0"')
    await project.succeeds('install')

    expect(await project.executed('pipeline.ts')).toEqual(['count'])
    expect(await project.executed('pipeline.ts')).toEqual([])
  })
})
