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

it.skipIf(!existsSync(FULL)).each([
  ['cairn run', [CAIRN_BIN, 'run', 'pipeline.ts']],
  ['cairn run --json', [CAIRN_BIN, 'run', 'pipeline.ts', '--json']],
  ['node', ['main.ts']],
])('%s says so too, and the run is done all the same', async (_what, argv) => {
  using project = greetingProject()
  const { ended } = project.execute(['sh', '-c', `"${[process.execPath, ...argv].join('" "')}" > ${FULL}`])
  const { code, stderr, steps } = await ended
  expect({ code, steps }).toEqual({ code: 2, steps: ['count', 'letters'] })
  expect(stderr.match(/^Standard output cannot be written: ENOSPC.*$/gm)).toHaveLength(1)
})

it.skipIf(process.platform === 'win32')('a file that has room for a part only is no success', async () => {
  using project = greetingProject()
  // Of a kilobyte, which is less than the help.
  const limited = `ulimit -f 1; exec "${process.execPath}" "${CAIRN_BIN}" help > out.txt`
  const { ended } = project.execute(['bash', '-c', limited])
  const { code, stderr } = await ended
  expect(project.read('out.txt')).toHaveLength(1024)
  expect(code).toBe(2)
  expect(stderr).toMatch(/^Standard output cannot be written: EFBIG.*\n$/)
})

it.each([
  'run list',
  'run list --json',
  'help',
  '--help',
  'stack list',
  'cache ls',
  'doctor --json',
  'run nope.ts --json',
])('cairn %s ends quietly where nobody reads what it prints', async (line) => {
  using project = greetingProject()
  const command = `"${process.execPath}" "${CAIRN_BIN}" ${line} 2> err.txt | true; echo "\${PIPESTATUS[0]}"`
  const { stdout } = await project.execute(['bash', '-c', command]).ended
  expect(stdout).toBe(line.includes('nope') ? '2\n' : '0\n')
  expect(project.read('err.txt')).not.toMatch(/EPIPE|^\s+at /m)
})

it('cairn run refuses a place for its report before it runs anything', async () => {
  using project = greetingProject()
  const { code, stderr } = await project.cairn(['run', 'pipeline.ts', '--report', '.'])
  expect(code).toBe(2)
  expect(stderr).toContain('--report needs a file that can be written: . is a folder')
  expect(project.exists('.cairn')).toBe(false)
})
