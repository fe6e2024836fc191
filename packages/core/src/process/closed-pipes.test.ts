import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
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

  it.skipIf(!existsSync('/dev/full'))(
    'says once that output is lost, and leaves the exit code no success',
    async () => {
      const code = `outliveClosedPipes(); console.log('a'); console.log('b'); setTimeout(() => console.error('done'))`
      const full = openSync('/dev/full', 'w')
      const child = spawn(process.execPath, argvOf(code), { stdio: ['ignore', full, 'pipe'] })
      closeSync(full)
      let told = ''
      child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()))
      expect(await once(child, 'close')).toEqual([2, null])
      expect(told).toMatch(/^Standard output cannot be written: ENOSPC.*\ndone\n$/)
    },
  )

  it('leaves a fault to a program that listens itself', async () => {
    const code = `outliveClosedPipes(); process.stdout.on('error', ({ code }) => console.error('own', code))
      process.stdout.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }))`
    const { stderr } = await promisify(execFile)(process.execPath, argvOf(code))
    expect(stderr).toBe('own ENOSPC\n')
  })
})
