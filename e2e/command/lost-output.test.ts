import { existsSync } from 'node:fs'

import { expect, it } from 'vitest'

import { CAIRN_BIN } from '../project/installed-packages.ts'
import { greetingProject } from './greeting-project.ts'

const FULL = '/dev/full'

it.skipIf(!existsSync(FULL)).each(['run list', 'stack list', '--help', '--version', 'doctor'])(
  'cairn %s says in one line that its output cannot be written',
  async (line) => {
    using project = greetingProject()
    const { ended } = project.execute(['sh', '-c', `"${process.execPath}" "${CAIRN_BIN}" ${line} > ${FULL}`])
    const { code, stderr } = await ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Standard output cannot be written: ENOSPC.*\n$/)
  },
)

it('cairn run refuses a place for its report before it runs anything', async () => {
  using project = greetingProject()
  const { code, stderr } = await project.cairn(['run', 'pipeline.ts', '--report', '.'])
  expect(code).toBe(2)
  expect(stderr).toContain('--report needs a file that can be written: . is a folder')
  expect(project.exists('.cairn')).toBe(false)
})
