import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Tarballs } from '../packed/packed-manifest.ts'
import { INSTALL_MS, inPackedProject, packAll } from '../packed/packed-project.ts'
import { TemporaryProject } from '../project/temporary-project.ts'
import { installers } from './installers.ts'
import { ALL, DEPENDENCIES, PIPELINE_FILES } from './pipeline-files.ts'

describe('a project into which packages are installed by', () => {
  const packed = new TemporaryProject('packed')
  let tarballs: Tarballs = {}

  beforeAll(async () => {
    packed.write({ 'package.json': '{}' })
    tarballs = await packAll(packed, 'tarballs')
  }, INSTALL_MS)

  afterAll(() => packed[Symbol.dispose]())

  it.each(installers({}).map(({ name }, at) => [name, at] as const))(
    '%s reuses all steps, but those of which a package changes',
    async (_, at) => {
      using project = new TemporaryProject('app')
      const installer = installers(tarballs)[at]
      const install = async (more: Readonly<Record<string, string>>): Promise<void> => {
        const dependencies = { ...DEPENDENCIES, cairnml: tarballs['cairnml'] ?? '', ...more }
        const manifest = { name: 'app', private: true, type: 'module', dependencies }
        project.write({ 'package.json': JSON.stringify(installer?.manifest(manifest, tarballs)) })
        const { code, stdout, stderr } = await inPackedProject(project, installer?.command ?? [])
        expect(code, stderr + stdout).toBe(0)
      }
      const executed = async (): Promise<readonly string[]> => {
        const { code, stdout, stderr, steps } = await inPackedProject(project, ['cairn', 'run', 'pipeline.ts'])
        expect(code, stderr + stdout).toBe(0)
        return steps
      }
      project.write({ ...PIPELINE_FILES, ...installer?.files })

      await install({})
      expect([await executed(), await executed()]).toEqual([ALL, []])
      await install({ 'is-number': '7.0.0', 'is-odd': '3.0.1' })
      expect([await executed(), await executed()]).toEqual([['count'], []])
    },
    INSTALL_MS,
  )
})
