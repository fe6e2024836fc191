import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'

import { runScript } from './run-script.ts'

describe.runIf(process.platform !== 'win32')('runScript', () => {
  it('keeps the two streams apart and gives the exit code', async () => {
    const result = await runScript('echo out; echo err >&2; exit 4', tmpdir())
    expect(result).toEqual({ exitCode: 4, stdout: 'out\n', stderr: 'err\n' })
  })

  it('ends a script that takes too long, with everything that it started', async () => {
    const result = await runScript('echo before; sh -c "sleep 60; echo after"', tmpdir(), 300)
    expect(result).toEqual({ exitCode: 128, stdout: 'before\n', stderr: '' })
  })
})
