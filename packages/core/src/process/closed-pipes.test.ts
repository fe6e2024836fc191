import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

import { describe, expect, it } from 'vitest'

const OWN = JSON.stringify(new URL('closed-pipes.ts', import.meta.url).href)
const argvOf = (code: string): string[] => [
  '--input-type=module',
  '--eval',
  `import { outliveClosedPipes } from ${OWN}\n${code}`,
]

describe('outliveClosedPipes', () => {
  it('lets a program go on that prints into a closed pipe', async () => {
    const code = `outliveClosedPipes()
      for (let line = 0; line < 50; line++) { console.log('x'.repeat(10_000)); await new Promise(setImmediate) }
      console.error('done')`
    const child = spawn(process.execPath, argvOf(code), { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    let told = ''
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
    expect(await once(child, 'close')).toEqual([0, null])
    expect(told).toBe('done\n')
  })

  it('listens once, however often it is called, and leaves the streams alone until they are used', async () => {
    const code = `for (let call = 0; call < 20; call++) { outliveClosedPipes(); if (call > 10) process.stdout }
      console.log(process.stdout.listenerCount('error'))`
    const { stdout, stderr } = await promisify(execFile)(process.execPath, argvOf(code))
    expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: '' })
  })
})
