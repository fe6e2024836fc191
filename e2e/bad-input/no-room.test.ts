import { describe, expect, it } from 'vitest'

import { folderContent } from '../project/local-state.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'
import { CAIRN_BIN } from '../project/installed-packages.ts'

/** No file may have a byte, as on a disk that is full. */
function withoutRoom(project: TemporaryProject, args: readonly string[]): ReturnType<TemporaryProject['cairn']> {
  const command = ['sh', '-c', 'ulimit -f 0; exec "$0" "$@"', process.execPath, CAIRN_BIN, ...args]
  return project.execute(command, { env: { NODE_DISABLE_COMPILE_CACHE: '1' } }).ended
}

describe.skipIf(process.platform === 'win32')('where there is no room', () => {
  it.each([
    ['stack register ci --orchestrator local', /^CAIRN_STACK_FILE: .*nothing can be written in \.cairn \(EFBIG\)/],
    ['init --yes', /^CAIRN_CREATE_FAILED: Nothing was created in .*EFBIG/],
    ['run pipeline.ts', /^CAIRN_STORE_UNAVAILABLE: .*EFBIG/],
  ])('`cairn %s` says so, leaves nothing behind, and does it once there is room', async (line, said) => {
    using project = temporaryProject({
      'pipeline.ts': `import { pipeline, step } from 'cairnml'
export const p = pipeline({ name: 'p', build: step({ name: 'load' }).implement(() => undefined) })
`,
    })
    const before = folderContent(project, '.')
    const args = line.split(' ')

    const { code, stderr } = await withoutRoom(project, args)

    expect(code).toBe(2)
    expect(stderr).toMatch(said)
    expect(stderr).toMatch(/^(?:[^\n]+\n){3}$/)
    expect(folderContent(project, '.')).toEqual(before)
    expect(await project.cairn(args)).toMatchObject({ code: 0, stderr: '' })
  })
})
